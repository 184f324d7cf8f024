// Keys: what bears `data-key` is pressed by its key; `/` leads into the search field, `?` opens the list of keys.
//
// Letters, digits and signs count only outside of fields, and only when they are no part of a scan. They can be switched off.

import { ifTyped } from './scan.js';

const dialog = document.getElementById('keys');
const single = document.documentElement.dataset.keys !== 'off';

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (/^F\d+$/.test(event.key)) {
    if (event.shiftKey || !press(event.key)) return;
    event.preventDefault();
    return;
  }
  if (!single || event.key.length !== 1 || isField(event.target) || document.querySelector('dialog[open]')) return;
  if (event.key === '/' && lookup()) {
    event.preventDefault();
    ifTyped(() => lookup().focus());
  } else if (event.key === '?') {
    event.preventDefault();
    ifTyped(() => dialog.showModal());
  } else if (event.key !== ' ' && bearer(event.key)) {
    ifTyped(() => press(event.key));
  }
});

/** What bears a key: the page's own before the frame's. */
function bearer(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  return document.querySelector(`main ${wanted}`) ?? document.querySelector(wanted);
}

function press(key) {
  const found = bearer(key);
  if (!found || found.disabled) return false;
  if (found.matches('input:not([type="radio"]):not([type="checkbox"]), select, textarea')) found.focus();
  else found.click();
  return true;
}

function lookup() {
  return document.getElementById('lookup');
}

function isField(target) {
  return target.matches?.('input:not([type="radio"]):not([type="checkbox"]):not([type="button"]), textarea, select, [contenteditable]');
}
