// A form that is on its way says so, and is not sent a second time. The server would act once in any case.

const sent = new WeakSet();
const PAUSE = 5000;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  const button = event.submitter;
  button?.setAttribute('aria-busy', 'true');
  // A form whose answer is a file leaves the page as it is.
  setTimeout(() => free(form, button), PAUSE);
  addEventListener('pageshow', () => free(form, button), { once: true });
});

function free(form, button) {
  sent.delete(form);
  button?.removeAttribute('aria-busy');
}
