// The form of an offer: only the fields of the chosen kind, and an example that follows what is typed.
'use strict';

const PAUSE_MS = 350;
const form = document.getElementById('offer');
const kind = form.elements.kind;
const example = document.getElementById('example');
let timer = 0;
let latest = 0;

function showKind() {
  for (const group of form.querySelectorAll('[data-kinds]')) {
    group.hidden = !group.dataset.kinds.split(' ').includes(kind.value);
  }
}

async function show() {
  const number = ++latest;
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch('/campaigns/example', { method: 'POST', body, headers: { accept: 'text/html' } });
    // A late answer to an older question is dropped.
    if (!answer.ok || answer.redirected || number !== latest) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    example.replaceChildren(...page.body.childNodes);
  } catch {
    // Without network the last example stays.
  }
}

form.addEventListener('input', () => {
  showKind();
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE_MS);
});
showKind();
document.getElementById('show-example').hidden = true;
