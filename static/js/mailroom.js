// Scan after scan: each answer is heard as well as seen, a high tone for yes and a low one for no, and told to screen readers.

let context;

function tone(frequency, start, length) {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(0.2, start + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + length);
}

function sound(result) {
  // A browser lets a page sound only after somebody touched it; without, the words and the symbol are enough.
  try {
    context ??= new AudioContext();
    const now = context.currentTime;
    if (result === 'good') tone(880, now, 0.12);
    else if (result === 'attention') [0, 0.16].forEach((later) => tone(560, now + later, 0.12));
    else [0, 0.22].forEach((later) => tone(196, now + later, 0.2));
  } catch {
    context = undefined;
  }
}

const told = document.createElement('p');
told.className = 'unseen';
told.setAttribute('role', 'status');
document.body.append(told);

function tell() {
  const result = document.querySelector('[data-scan-result]');
  if (!result) return;
  sound(result.dataset.scanResult);
  // A live region tells only what changes.
  told.textContent = '';
  setTimeout(() => {
    told.textContent = result.textContent.trim();
  }, 50);
}

document.addEventListener('passepartout:content', tell);
if (document.querySelector('[data-scan-result]')) tell();

// The field for scans is ready for the next one after a page without a scanner's script.
const field = document.querySelector('[data-scan-form] input[name="scan"][data-ready]');
if (field && document.activeElement === document.body) field.focus({ preventScroll: true });
