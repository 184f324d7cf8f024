// A page that asks before something happens: Escape leaves everything as it is.

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  if (document.querySelector('#notices > *')) return;
  document.querySelector('main .confirm .actions a.secondary')?.click();
});
