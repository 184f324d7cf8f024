// The shop without reloads: what goes into the basket, and what a code does, shows at once.

import { take } from './notice.js';

let line = Promise.resolve();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches('[data-basket]')) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  line = line.then(() => change(form, fields)).catch(() => form.submit());
}, { capture: true });

async function change(form, fields) {
  const answer = await fetch(form.action, { method: 'POST', body: fields, headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const main = document.querySelector('main');
  const focused = document.activeElement;
  const mark = focused?.name ? `[name="${focused.name}"]${focused.name === 'add' ? `[value="${CSS.escape(focused.value)}"]` : ''}` : null;
  main.replaceWith(page.querySelector('main'));
  take(page);
  if (mark) document.querySelector(`main ${mark}`)?.focus({ preventScroll: true });
}

document.addEventListener('change', (event) => {
  if (event.target.name?.startsWith('quantity-')) event.target.form.requestSubmit();
});
