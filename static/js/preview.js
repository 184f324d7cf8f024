// The face of the card as it would be printed, drawn anew by the server while somebody types.

const PAUSE = 350;
const SHOWN = ['given_name', 'family_name', 'birth_date', 'starts_on'];

const missing = document.querySelector('[data-missing]');
if (missing) note(missing, document.querySelector('[data-previewed]'));

for (const figure of document.querySelectorAll('[data-preview]')) {
  const form = document.querySelector('[data-previewed]');
  if (form) follow(figure, form);
}

function follow(figure, form) {
  const image = figure.querySelector('img');
  const says = figure.querySelector('[data-preview-says]');
  let timer = null;
  let under = null;

  form.addEventListener('input', (event) => {
    if (!SHOWN.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  });
  form.addEventListener('portrait', draw);

  async function draw() {
    clearTimeout(timer);
    under?.abort();
    const mine = new AbortController();
    under = mine;
    const typed = new URLSearchParams();
    for (const name of SHOWN) {
      const field = form.elements.namedItem(name);
      if (field) typed.set(name, field.value);
    }
    try {
      const answer = await fetch(figure.dataset.preview, { method: 'POST', body: typed, signal: mine.signal });
      const drawn = answer.ok ? await asAddress(await answer.blob()) : null;
      const reason = answer.status === 422 ? await answer.text() : figure.dataset.failed;
      // A late answer to what was typed before is no longer wanted.
      if (under !== mine) return;
      if (drawn) image.src = drawn;
      figure.classList.toggle('failed', !drawn);
      says.textContent = drawn ? '' : reason;
      figure.dataset.drawn = Number(figure.dataset.drawn ?? 0) + 1;
    } catch (error) {
      if (error.name !== 'AbortError') says.textContent = figure.dataset.failed;
    }
  }
}

function asAddress(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });
}

// What is still missing, while somebody fills it in.
function note(line, form) {
  const value = (name) => form.elements.namedItem(name)?.value.trim();
  const isThere = {
    photo: () => form.querySelector('[data-portrait] img'),
    'holder.name': () => value('given_name') || value('family_name'),
    'holder.birth_date': () => value('birth_date'),
    address: () => value('delivery') !== 'mail' || (value('street') && value('city')),
  };
  const text = line.firstChild.textContent;
  const look = () => {
    const parts = [...line.querySelectorAll('[data-of]')];
    for (const part of parts) part.hidden = Boolean(isThere[part.dataset.of]?.());
    const isAll = parts.every((part) => part.hidden);
    line.firstChild.textContent = isAll ? line.dataset.nothing : text;
    line.classList.toggle('note', isAll);
  };
  form.addEventListener('input', look);
  form.addEventListener('portrait', look);
  look();
}
