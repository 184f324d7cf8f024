// The box office without reloads: each change is fetched and takes the place of what was there; change due is counted while typing.
//
// Enter takes cash, Ctrl+Enter the card terminal, arrows walk over the tiles, Escape keeps everything. Changes wait in line.

const till = () => document.querySelector('.till');
let line = Promise.resolve();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || !till() || form.method !== 'get' || !form.matches('#steps, .steps')) return;
  event.preventDefault();
  const { submitter } = event;
  const step = submitter?.name ? [submitter.name, submitter.value] : null;
  line = line.then(() => change(form, step)).catch(() => form.submit());
});

/** Sends a form as it stands when its turn comes, and shows the answer. */
async function change(form, step) {
  const now = document.getElementById(form.id) ?? form;
  const fields = new URLSearchParams(new FormData(now));
  if (step) fields.append(step[0], step[1]);
  const answer = await fetch(`${now.action}?${fields}`, { headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const content = page.querySelector('.till');
  if (!content) {
    location.assign(answer.url);
    return;
  }
  const focused = document.activeElement;
  const given = document.getElementById('given')?.value;
  const code = document.getElementById('new_code')?.value;
  till().replaceWith(content);
  history.replaceState(null, '', answer.url);
  const field = document.getElementById('given');
  if (given && field) field.value = given;
  // A code that is just being typed is not lost to an answer about something else.
  const codeField = document.getElementById('new_code');
  if (code && code !== fields.get('new_code') && codeField) codeField.value = code;
  if (focused?.id && focused.id !== 'new_code') document.getElementById(focused.id)?.focus({ preventScroll: true });
  else if (focused?.id === 'new_code' || step?.[0] === 'drop_code') document.getElementById('new_code').focus({ preventScroll: true });
  countChange();
  document.getElementById('till-says').textContent = document.getElementById('till-now').textContent;
  document.querySelector('.till-lines li:last-child')?.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('change', (event) => {
  if (event.target.closest('.till-for') || event.target.name?.startsWith('quantity-')) event.target.form.requestSubmit();
});

// A tile that was tapped gives the focus back, so that Enter takes the money.
document.addEventListener('click', (event) => {
  if (event.detail > 0 && event.target.closest('.tile, .step')) document.activeElement.blur();
});

document.addEventListener('input', (event) => {
  if (event.target.id === 'given') countChange();
});

/** Says what goes back, or what is missing. */
function countChange() {
  const form = document.getElementById('pay');
  if (!form) return;
  const { total, currency, change: back, missing } = form.dataset;
  const given = cents(document.getElementById('given').value);
  const output = document.getElementById('change');
  const rest = given === null ? null : given - Number(total);
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency });
  output.classList.toggle('missing', rest !== null && rest < 0);
  output.firstElementChild.textContent = rest !== null && rest < 0 ? missing : back;
  output.lastElementChild.textContent = rest === null ? '–' : money.format(Math.abs(rest) / 100);
}

function cents(typed) {
  const found = /^(\d{1,7})(?:[.,](\d{0,2}))?$/.exec(typed.replace(/[\s€$£]/g, ''));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null;
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
  if (event.key === 'Enter' && till()) pay(event);
  else if (event.key.startsWith('Arrow')) walk(event);
  else if (event.key === 'Escape') document.querySelector('[data-escape]')?.click();
});

/** Enter outside of fields and buttons takes cash; with Ctrl, from anywhere, the card terminal. */
function pay(event) {
  const isFree = !event.target.closest('a, button, input, select, textarea, summary, [role="button"]');
  const button = event.ctrlKey ? document.getElementById('pay-terminal') : isFree && document.getElementById('pay-cash');
  if (!button || event.repeat) return;
  event.preventDefault();
  // What is still on its way counts: the basket first, then the money.
  line = line.then(() => document.getElementById(button.id)?.click());
}

/** Arrows walk from tile to tile. */
function walk(event) {
  const tile = event.target.closest('.tile');
  if (!tile) return;
  const tiles = [...document.querySelectorAll('.tile')];
  const place = tiles.indexOf(tile);
  const across = tiles.filter((other) => other.offsetTop === tiles[0].offsetTop).length;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
  const next = tiles[place + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

countChange();
