// Messages: said in a live region, shown long enough to be read, and closed by a button, by Escape, or by themselves.

const STAYS = 8000;
const region = document.getElementById('notices');

/** Says a sentence. The tone is `good` or `attention`. */
export function say(text, tone = 'good') {
  const last = [...region.children].find((toast) => toast.dataset.text === text);
  if (last) return;
  const toast = document.createElement('div');
  toast.className = `toast ${tone}`;
  toast.dataset.text = text;
  const sentence = document.createElement('p');
  sentence.textContent = text;
  toast.append(sentence);
  begin(toast);
}

/** Takes over the messages of a page that was fetched. */
export function take(page) {
  const fresh = page.getElementById('notices')?.children ?? [];
  for (const toast of [...fresh]) begin(document.adoptNode(toast));
}

/** Takes a sentence back. */
export function unsay(text) {
  [...region.children].find((toast) => toast.dataset.text === text)?.remove();
}

function begin(toast) {
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'close';
  close.setAttribute('aria-label', region.dataset.close);
  close.textContent = '×';
  close.addEventListener('click', () => end(toast));
  toast.append(close);
  region.append(toast);
  // What can be undone, or is still so, stays until somebody closes it.
  if (toast.querySelector('.undo') || toast.classList.contains('attention')) return;
  const leave = () => {
    if (!toast.matches(':hover, :focus-within')) end(toast);
  };
  setTimeout(() => {
    leave();
    toast.addEventListener('focusout', () => setTimeout(leave));
    toast.addEventListener('mouseleave', leave);
  }, STAYS);
}

function end(toast) {
  const hadFocus = toast.contains(document.activeElement);
  toast.remove();
  if (hadFocus) document.querySelector('main')?.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const toast = region.lastElementChild;
  if (toast) end(toast);
});

// What the server said already is said anew: a live region tells only what changes.
const said = [...region.children];
region.replaceChildren();
requestAnimationFrame(() => said.forEach(begin));
