// The entry check: it asks without leaving the page, sounds, takes a welcome away by itself, and keeps scans while there is no network.
'use strict';

const PULSE_MS = 3000;
const PATIENCE_MS = 4000;
const RECENT_MAX = 12;
const KEPT = 'entry.waiting';
const GLYPHS = { admit: '✓', attention: '!', refuse: '✕', unanswered: '?' };
// Each tone: frequency in hertz, begin and length in seconds.
const TONES = {
  admit: ['sine', [[660, 0, 0.12], [990, 0.13, 0.22]]],
  attention: ['triangle', [[587, 0, 0.14], [587, 0.22, 0.14], [587, 0.44, 0.14]]],
  refuse: ['square', [[174, 0, 0.32], [131, 0.34, 0.45]]],
  unanswered: ['triangle', [[440, 0, 0.2], [330, 0.24, 0.3]]],
};
const SHAKES = { admit: [60], attention: [80, 90, 80, 90, 80], refuse: [450], unanswered: [200, 100, 200] };

const page = document.querySelector('.desk');
const check = document.getElementById('check');
const offline = document.getElementById('offline');
const recent = document.querySelector('#recent ol');

let audio = null;
let stage = null;
let timer = 0;
let asking = Promise.resolve();
let heardAt = Date.now();
let lost = false;
let ended = false;

function sound(kind) {
  const [shape, tones] = TONES[kind];
  try {
    audio ??= new AudioContext();
    audio.resume();
    for (const [hertz, begin, length] of tones) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const from = audio.currentTime + begin;
      tone.type = shape;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, from);
      volume.gain.exponentialRampToValueAtTime(shape === 'square' ? 0.16 : 0.3, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
      tone.connect(volume).connect(audio.destination);
      tone.start(from);
      tone.stop(from + length + 0.05);
    }
    document.documentElement.dataset.sounded = kind;
  } catch {
    document.documentElement.dataset.sounded = 'none';
  }
  navigator.vibrate?.(SHAKES[kind]);
}

function clock(at) {
  return new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function age(text, secs) {
  return text.replace('{secs}', secs < 90 ? `${secs} s` : `${Math.round(secs / 60)} min`);
}

// Shows a verdict over the page; whatever was there before is gone at once.
function open(verdict) {
  const field = document.activeElement;
  // A scan that is just being typed goes on in the new field.
  const typed = field instanceof HTMLInputElement && field.name === 'scan' ? field.value : '';
  clear();
  stage = document.createElement('div');
  stage.id = 'stage';
  stage.append(verdict);
  document.body.append(stage);
  if (page) page.inert = true;
  begin(verdict);
  const next = verdict.querySelector('.again input');
  if (typed && next) next.value = typed;
  if (check) check.elements.scan.value = '';
  tell();
}

function begin(verdict) {
  const kind = verdict.dataset.verdict;
  (verdict.querySelector('.again input') ?? verdict.querySelector('.go'))?.focus();
  if (kind === 'admit') timer = setTimeout(leave, Number(verdict.dataset.pause || 4) * 1000);
}

// Somebody who begins to type, or to write a reason, is not interrupted.
function leave() {
  const busy = document.querySelector('.verdict .again input')?.value || document.querySelector('.verdict details[open]');
  if (busy) timer = setTimeout(leave, 1000);
  else acknowledge();
}

function clear() {
  clearTimeout(timer);
  if (offline && stage?.contains(offline)) check.before(offline);
  stage?.remove();
  stage = null;
  if (page) page.inert = false;
}

function acknowledge() {
  if (!check) {
    location.assign('/entry');
    return;
  }
  clear();
  check.elements.scan.focus();
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function keep(scans) {
  sessionStorage.setItem(KEPT, JSON.stringify(scans));
  const note = document.getElementById('waiting');
  if (!note) return;
  note.hidden = scans.length === 0;
  note.textContent = note.dataset.text.replace('{count}', scans.length);
  if (scans.length) note.closest('section').hidden = false;
}

function list(at, kind, word, line, late) {
  if (!recent) return;
  const row = document.createElement('li');
  const time = document.createElement('time');
  const glyph = document.createElement('span');
  const text = document.createElement('span');
  const strong = document.createElement('strong');
  row.className = kind;
  time.textContent = clock(at);
  glyph.className = 'glyph';
  glyph.setAttribute('aria-hidden', 'true');
  glyph.textContent = GLYPHS[kind];
  strong.textContent = late ? `${recent.dataset.late} ${word}` : word;
  text.append(strong, ` ${line}`);
  row.append(time, glyph, text);
  recent.prepend(row);
  while (recent.children.length > RECENT_MAX) recent.lastElementChild.remove();
  recent.closest('section').hidden = false;
}

// Asks the server; answers the verdict, or null when it did not answer.
async function fetchVerdict(scan, guest) {
  const body = new URLSearchParams({ scan });
  if (guest) body.set('guest', guest);
  let response;
  try {
    response = await fetch('/entry', { method: 'POST', body, headers: { accept: 'text/html' }, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    hear(false);
    return null;
  }
  if (response.status === 401 || new URL(response.url).pathname === '/sign-in') {
    end();
    return null;
  }
  if (!response.ok) {
    hear(false);
    return null;
  }
  hear(true);
  const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
  const verdict = answer.querySelector('.verdict');
  return verdict ? document.importNode(verdict, true) : null;
}

async function ask(scan, guest, quiet) {
  const at = Date.now();
  const verdict = ended ? null : await fetchVerdict(scan, guest);
  if (!verdict) {
    keep([...kept(), { scan, at }]);
    const unanswered = document.getElementById('unanswered');
    if (unanswered) open(unanswered.content.firstElementChild.cloneNode(true));
    sound('unanswered');
    return;
  }
  open(verdict);
  if (quiet) return;
  const kind = verdict.dataset.verdict;
  sound(kind);
  list(at, kind, verdict.querySelector('.word').textContent, verdict.querySelector('.line').textContent, false);
}

// What was scanned without network is answered in its turn, as a list: the guests went on long ago.
async function catchUp() {
  for (let scans = kept(); scans.length > 0 && !lost && !ended; scans = kept()) {
    const [first, ...rest] = scans;
    const verdict = await fetchVerdict(first.scan);
    if (!verdict) return;
    keep(rest);
    list(first.at, verdict.dataset.verdict, verdict.querySelector('.word').textContent, verdict.querySelector('.line').textContent, true);
  }
}

function hear(answered) {
  if (answered) heardAt = Date.now();
  const back = lost && answered;
  lost = !answered;
  tell();
  if (back) asking = asking.then(catchUp);
}

function end() {
  ended = true;
  tell();
}

function tell() {
  const secs = Math.max(0, Math.round((Date.now() - heardAt) / 1000));
  for (const text of document.querySelectorAll('.verdict .age')) text.textContent = age(text.dataset.text, secs);
  if (!offline) return;
  offline.hidden = !lost && !ended;
  if (!offline.hidden) {
    offline.textContent = ended ? offline.dataset.ended : age(offline.dataset.text, secs).replace('{time}', clock(heardAt));
    (document.querySelector('.verdict') ?? offline.parentElement).prepend(offline);
  } else if (stage?.contains(offline)) {
    check?.before(offline);
  }
}

async function pulse() {
  if (ended) return;
  try {
    const response = await fetch('/entry/pulse', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.redirected || response.status === 401) end();
    else hear(response.ok);
  } catch {
    hear(false);
  }
}

// In the capturing phase: a form that is asked here is not on its way anywhere.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.ask === undefined) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const scan = String(data.get('scan') ?? '').trim();
  if (!scan) return;
  const field = form.querySelector('input[name="scan"]:not([type="hidden"])');
  if (field) field.value = '';
  const quiet = form.dataset.quiet !== undefined;
  asking = asking.then(() => ask(scan, data.get('guest'), quiet));
}, { capture: true });

document.addEventListener('passepartout:scan', (event) => {
  event.preventDefault();
  asking = asking.then(() => ask(event.detail.text, null, false));
});

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-close]') && stage) {
    event.preventDefault();
    acknowledge();
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.querySelector('.verdict')) acknowledge();
});

const trial = document.getElementById('try-sound');
if (trial) {
  trial.hidden = false;
  trial.addEventListener('click', () => {
    Object.keys(TONES).slice(0, 3).forEach((kind, place) => setTimeout(sound, place * 1200, kind));
  });
}

const first = document.querySelector('main .verdict');
if (first) {
  begin(first);
  sound(first.dataset.verdict);
}
keep(kept());
addEventListener('offline', () => hear(false));
addEventListener('online', pulse);
setInterval(tell, 1000);
setInterval(pulse, PULSE_MS);
pulse().then(() => { asking = asking.then(catchUp); });
