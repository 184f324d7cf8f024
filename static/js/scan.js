// Scan anywhere: a scanner types fast and ends with Enter. Such a burst is taken out of whatever has the focus, and understood.
//
// A page that takes scans itself names its form in `data-scan-form`: the text goes into the field `scan` of that form. On all
// other pages the server decides what was scanned. Scans wait in line, and none is lost.

import { say, take as takeNotices } from './notice.js';

/** The longest pause between two keys of a scanner, in milliseconds. People type slower. */
export const PAUSE_MAX = 35;
/** So many keys that followed each other so fast came from a scanner, which may stumble on a busy machine. */
const LENGTH_MIN = 6;
/** How long nobody has typed when the page may be changed, in milliseconds. */
const QUIET = 150;
const STUMBLE_MAX = 120;
const CARRIED = 'scan-begun';

let burst = nothing();
const waiting = [];
let working = false;

/** Calls `act` once it is sure that a key was pressed by a person: no other key followed as fast as from a scanner. */
export function ifTyped(act) {
  const mine = burst;
  const { length } = mine.text;
  setTimeout(() => {
    if (mine.text.length === length) act();
  }, PAUSE_MAX + 5);
}

function nothing() {
  return { text: '', last: -Infinity, seen: -Infinity, field: null };
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  // A field that is there for scans takes them itself, however slowly they come.
  if (event.target.name === 'scan' && event.target.form?.dataset.ask !== undefined) {
    burst = nothing();
    return;
  }
  const patience = burst.text.length < LENGTH_MIN ? PAUSE_MAX : STUMBLE_MAX;
  const isPause = event.timeStamp - burst.last > patience;
  if (event.key === 'Enter') {
    const { text, field } = isPause ? nothing() : burst;
    burst = nothing();
    if (text.length < LENGTH_MIN || isSecret(event.target, text)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    putBack(field);
    take(text);
    return;
  }
  if (event.key.length !== 1) return;
  if (isPause) burst = { ...nothing(), field: asItIs(event.target) };
  burst.text += event.key;
  burst.last = event.timeStamp;
  burst.seen = performance.now();
}, { capture: true });

/** Whether a program may have typed a password. The codes of cards and vouchers are long numbers. */
function isSecret(target, text) {
  return target.type === 'password' && !/^\d{14,}$/.test(text);
}

/** The focused field before the first key reached it. */
function asItIs(target) {
  if (target instanceof HTMLSelectElement) return { target, index: target.selectedIndex };
  const isText = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  if (!isText) return null;
  const { value, checked } = target;
  // Fields of dates and numbers have no selection.
  try {
    return { target, value, checked, from: target.selectionStart, to: target.selectionEnd };
  } catch {
    return { target, value, checked, from: null, to: null };
  }
}

function putBack(field) {
  if (!field) return;
  const { target } = field;
  if ('index' in field) {
    if (target.selectedIndex === field.index) return;
    target.selectedIndex = field.index;
  } else if (target.type === 'checkbox' || target.type === 'radio') {
    if (target.checked === field.checked) return;
    target.checked = field.checked;
  } else {
    if (target.value === field.value) return;
    target.value = field.value;
    if (field.from !== null) target.setSelectionRange(field.from, field.to);
  }
  target.dispatchEvent(new Event('input', { bubbles: true }));
  target.dispatchEvent(new Event('change', { bubbles: true }));
}

function take(text) {
  waiting.push(text.trim());
  work();
}

async function work() {
  if (working) return;
  working = true;
  while (waiting.length > 0) {
    // A page with a script of its own for scans, such as the entry check, says that it took one.
    const scan = new CustomEvent('passepartout:scan', { detail: { text: waiting[0] }, cancelable: true });
    if (!document.dispatchEvent(scan)) {
      waiting.shift();
      continue;
    }
    const form = ownForm();
    if (!form) {
      location.assign(`/scan?text=${encodeURIComponent(waiting.shift())}`);
      break;
    }
    if (await send(form, waiting[0])) waiting.shift();
    else await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  working = false;
}

/** Waits while a scan is being typed: until its end its first keys stand in the field that has the focus. */
async function quiet() {
  while (burst.text && performance.now() - burst.seen < QUIET) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The form of a page that takes scans itself. */
function ownForm() {
  const name = document.querySelector('[data-scan-form]')?.dataset.scanForm;
  const form = name && document.getElementById(name);
  return form?.elements.namedItem('scan') ? form : null;
}

/** Sends a scan with its form, and shows the answer in place of the page's content. Answers false when there is no network. */
async function send(form, text) {
  await quiet();
  const fields = new FormData(form);
  fields.set('scan', text);
  let answer;
  let page;
  try {
    answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), headers: { Accept: 'text/html' } });
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    say(document.getElementById('notices').dataset.offline, 'attention');
    return false;
  }
  await quiet();
  const content = page.querySelector('main');
  if (content && page.getElementById(form.id)) {
    show(content, answer);
    takeNotices(page);
    document.dispatchEvent(new CustomEvent('passepartout:content', { detail: { text } }));
  } else if (answer.redirected) {
    location.assign(answer.url);
  } else {
    // Another page answers, for instance the sign-in: the browser shows it.
    form.elements.namedItem('scan').value = text;
    form.submit();
  }
  return true;
}

function show(content, answer) {
  const main = document.querySelector('main');
  const focused = main.contains(document.activeElement) ? document.activeElement.id : '';
  const typed = [...main.querySelectorAll('input[id], textarea[id], select[id]')].filter((field) => isTyped(field));
  main.replaceWith(content);
  for (const field of typed) {
    const now = document.getElementById(field.id);
    if (now && now.name !== 'scan') {
      now.value = field.value;
      now.checked = field.checked;
    }
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (answer.redirected) history.replaceState(null, '', answer.url);
}

function isTyped(field) {
  if (field.type === 'hidden' || field.type === 'file') return false;
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
}

// A page may change in the middle of a scan: what was read so far goes along.
addEventListener('pagehide', () => {
  const isBusy = burst.text && performance.now() - burst.last < 3 * PAUSE_MAX;
  if (isBusy) sessionStorage.setItem(CARRIED, JSON.stringify({ text: burst.text, at: Date.now() }));
});

const carried = JSON.parse(sessionStorage.getItem(CARRIED) ?? 'null');
sessionStorage.removeItem(CARRIED);
if (carried && Date.now() - carried.at < 500) {
  burst.text = carried.text;
  burst.last = performance.now() + 10 * PAUSE_MAX;
}
