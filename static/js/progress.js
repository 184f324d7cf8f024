// Long work and large choices: moves the bar while files are made, and counts what is ticked.

const PAUSE = 1000;

// The bar of a run whose files are being made: the page is asked again and again, and its newest part shown.
async function follow() {
  const panel = document.querySelector('#progress[data-refresh]');
  if (!panel) return;
  let page;
  try {
    const answer = await fetch(panel.dataset.refresh, { headers: { Accept: 'text/html' } });
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    setTimeout(follow, PAUSE * 3);
    return;
  }
  const fresh = page.querySelector('#progress[data-refresh]');
  const bar = panel.querySelector('progress');
  const now = fresh?.querySelector('progress');
  if (!now) {
    // The files are there, or the run was cancelled: another page.
    const main = page.querySelector('main');
    if (main) document.querySelector('main').replaceWith(main);
    return;
  }
  bar.value = now.value;
  bar.max = now.max;
  panel.querySelector('.progress-figures').replaceWith(fresh.querySelector('.progress-figures'));
  setTimeout(follow, PAUSE);
}

// What is ticked in a list is what its form is about.
function countTicked() {
  for (const place of document.querySelectorAll('[data-ticked]')) {
    const form = place.closest('form');
    const ticked = [...form.elements].filter((field) => field.name === 'card' && field.type === 'checkbox' && field.checked).length;
    place.textContent = ticked;
    for (const part of form.querySelectorAll('[data-when-ticked]')) part.hidden = ticked === 0;
    for (const part of form.querySelectorAll('[data-when-none-ticked]')) part.hidden = ticked > 0;
  }
}

// The button of the check says how many cards it confirms.
function countDamaged() {
  const form = document.querySelector('form[data-check]');
  if (!form) return;
  const all = form.querySelectorAll('[name="shown"]').length;
  const damaged = form.querySelectorAll('[name="damaged"]:checked').length;
  const words = damaged === 0 ? form.dataset.checkAll : form.dataset.check.replace('#1', all - damaged).replace('#2', damaged);
  form.querySelector('[data-check-words]').textContent = words;
}

// One click ticks all rows of a list.
function tickAll(box) {
  for (const field of box.closest('table').querySelectorAll('tbody input[name="card"]')) field.checked = box.checked;
}

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-tick-all]')) tickAll(event.target);
  countTicked();
  countDamaged();
});
addEventListener('pageshow', () => {
  countTicked();
  countDamaged();
});
document.addEventListener('passepartout:content', countDamaged);
setTimeout(follow, PAUSE / 2);
