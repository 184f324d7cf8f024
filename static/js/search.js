// The search field: results appear while one types; arrow keys and Enter choose. Without results, Enter asks the server.

const PAUSE = 250;
const SPINNER_AFTER = 80;
const LENGTH_MIN = 2;

const input = document.getElementById('lookup');
const form = input.form;
const found = document.getElementById('found');
const count = document.getElementById('found-count');
let asked = 0;
let timer;
let request;

input.setAttribute('role', 'combobox');
input.setAttribute('aria-autocomplete', 'list');
input.setAttribute('aria-controls', 'found');
input.setAttribute('aria-expanded', 'false');

input.addEventListener('input', () => {
  clearTimeout(timer);
  if (input.value.trim().length < LENGTH_MIN) close();
  else timer = setTimeout(ask, PAUSE);
});

input.addEventListener('keydown', (event) => {
  const options = [...found.querySelectorAll('[role="option"]')];
  if (found.hidden || options.length === 0) return;
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  if (event.key === 'ArrowDown') choose(options, (at + 1) % options.length);
  else if (event.key === 'ArrowUp') choose(options, at <= 0 ? options.length - 1 : at - 1);
  else if (event.key === 'Enter' && at >= 0) location.assign(options[at].dataset.path);
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
});

form.addEventListener('focusout', (event) => {
  if (!form.contains(event.relatedTarget)) close();
});
// A click into the list must not take the focus before it arrives.
found.addEventListener('mousedown', (event) => event.preventDefault());
found.addEventListener('click', (event) => {
  const option = event.target.closest('[role="option"]');
  if (option) location.assign(option.dataset.path);
});

async function ask() {
  const mine = ++asked;
  request?.abort();
  request = new AbortController();
  const spinner = setTimeout(() => {
    if (mine === asked) form.dataset.busy = '';
  }, SPINNER_AFTER);
  try {
    const answer = await fetch(`/search?part=list&q=${encodeURIComponent(input.value.trim())}`, { signal: request.signal });
    const html = await answer.text();
    // The answer to an older question comes too late.
    if (mine === asked && answer.ok && !answer.redirected && document.activeElement === input) show(html);
  } catch {
    // Without an answer the field still works: Enter asks the server.
  } finally {
    clearTimeout(spinner);
    if (mine === asked) delete form.dataset.busy;
  }
}

function show(html) {
  const list = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-count]');
  if (!list) return;
  count.textContent = list.dataset.count;
  found.replaceChildren(...list.children);
  found.hidden = false;
  input.setAttribute('aria-expanded', 'true');
  input.removeAttribute('aria-activedescendant');
}

function choose(options, index) {
  options.forEach((option, place) => option.setAttribute('aria-selected', String(place === index)));
  options[index].scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', options[index].id);
}

function close() {
  asked += 1;
  request?.abort();
  clearTimeout(timer);
  delete form.dataset.busy;
  found.hidden = true;
  found.replaceChildren();
  count.textContent = '';
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}
