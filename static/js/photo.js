// A portrait from a file or the camera, and the choice of the part that stands on the card: by pointer, wheel, buttons or keys.
// The picture is sent as it is, with the part as four numbers; the server cuts.

const SHAPE = 35 / 45;
const NEAREST = 6;
const PIXELS_MAX = 18e6;
const SIDE_MAX = 4000;
const BYTES_MAX = 14e6;

for (const part of document.querySelectorAll('[data-photo]')) start(part);

function start(part) {
  const find = (name) => part.querySelector(`[data-${name}]`);
  const canvas = find('canvas');
  const says = find('says');
  let picture = null; // { file, bitmap, turn, zoom, x, y }: x and y are the middle of the part, in fractions
  let again = null;
  let stream = null;

  part.classList.add('scripted');
  for (const input of part.querySelectorAll('input[type="file"]')) {
    input.addEventListener('change', () => {
      if (input.files[0]) open(input.files[0], () => input.click());
    });
  }
  part.addEventListener('dragover', (event) => event.preventDefault());
  part.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) open(file, () => part.querySelector('#photo')?.click());
  });
  const anew = find('cut-anew');
  if (anew) {
    anew.hidden = false;
    anew.addEventListener('click', async () => {
      const stored = await fetch(find('portrait').querySelector('img').src);
      await open(await stored.blob(), () => anew.focus());
    });
  }
  if (find('webcam') && navigator.mediaDevices?.getUserMedia) {
    find('webcam').hidden = false;
    find('webcam').addEventListener('click', film);
    find('take').addEventListener('click', take);
    find('stop').addEventListener('click', () => { unfilm(); find('webcam').focus(); });
  }
  find('use').addEventListener('click', use);
  find('again').addEventListener('click', () => { close(); again?.(); });
  for (const button of part.querySelectorAll('[data-crop]')) {
    button.addEventListener('click', () => change(button.dataset.crop));
  }
  const keys = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', '+': 'in', '=': 'in', '-': 'out', r: 'turn', R: 'turn' };
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      use();
    } else if (keys[event.key]) {
      event.preventDefault();
      change(keys[event.key]);
    }
  });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.06 : 1 / 1.06);
  }, { passive: false });
  followPointers(canvas, move, zoom);

  async function open(file, retake) {
    say('');
    again = retake;
    try {
      const bitmap = await createImageBitmap(file);
      picture = { file, bitmap, turn: 0, zoom: 1, x: 0.5, y: 0.5 };
      // As the server cuts without a choice: rather above the middle, where faces are.
      const { height } = size();
      picture.y = height / 2 + (1 - height) / 3;
      find('cropper').hidden = false;
      find('sources').hidden = true;
      draw();
      canvas.focus();
      find('cropper').scrollIntoView({ block: 'nearest' });
    } catch {
      // Perhaps the server can read what this browser cannot; if not, it says why.
      picture = { file, bitmap: null };
      await use();
    }
  }

  function close() {
    picture?.bitmap?.close();
    picture = null;
    find('cropper').hidden = true;
    find('sources').hidden = false;
    for (const input of part.querySelectorAll('input[type="file"]')) input.value = '';
  }

  // The part in fractions of the turned picture.
  function size() {
    const { bitmap, turn, zoom: nearness } = picture;
    const [wide, high] = turn % 180 ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height];
    const width = Math.min(1, (high * SHAPE) / wide) / nearness;
    return { width, height: (width * wide) / SHAPE / high, wide, high };
  }

  function change(how) {
    if (!picture) return;
    const step = 0.04;
    if (how === 'in') zoom(1.1);
    else if (how === 'out') zoom(1 / 1.1);
    else if (how === 'turn') {
      Object.assign(picture, { turn: (picture.turn + 90) % 360, zoom: 1, x: 0.5, y: 0.5 });
      draw();
    } else if (how === 'left') move(-step, 0);
    else if (how === 'right') move(step, 0);
    else if (how === 'up') move(0, -step);
    else if (how === 'down') move(0, step);
  }

  // Moves the part by fractions of itself.
  function move(right, down) {
    if (!picture) return;
    const { width, height } = size();
    picture.x += right * width;
    picture.y += down * height;
    draw();
  }

  function zoom(factor) {
    if (!picture) return;
    picture.zoom = Math.min(NEAREST, Math.max(1, picture.zoom * factor));
    draw();
  }

  function draw() {
    const { width, height, wide, high } = size();
    const within = (middle, length) => Math.min(1 - length / 2, Math.max(length / 2, middle));
    picture.x = within(picture.x, width);
    picture.y = within(picture.y, height);
    const scale = canvas.width / (width * wide);
    const context = canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.translate(canvas.width / 2 - (picture.x - 0.5) * wide * scale, canvas.height / 2 - (picture.y - 0.5) * high * scale);
    context.rotate((picture.turn * Math.PI) / 180);
    context.scale(scale, scale);
    context.drawImage(picture.bitmap, -picture.bitmap.width / 2, -picture.bitmap.height / 2);
    canvas.dataset.cut = cut();
  }

  function cut() {
    const { width, height } = size();
    const short = (number) => Math.min(1, Math.max(0, number)).toFixed(5);
    return [picture.turn, short(picture.x - width / 2), short(picture.y - height / 2), short(width)].join(',');
  }

  async function use() {
    if (!picture) return;
    const form = new FormData();
    if (picture.bitmap) form.append('cut', cut());
    form.append('photo', await light(picture), 'photo');
    say(part.dataset.busy);
    part.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(part.dataset.upload, { method: 'POST', body: form, headers: { 'x-part': 'portrait' } });
      if (answer.status !== 200 && answer.status !== 422) throw new Error(answer.status);
      const shown = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-portrait]');
      if (!shown) throw new Error('no portrait');
      find('portrait').replaceWith(shown);
      const wrong = shown.querySelector('.wrong');
      say(wrong ? '' : part.dataset.done);
      close();
      unfilm();
      part.querySelector('#photo')?.toggleAttribute('aria-invalid', Boolean(wrong));
      part.dispatchEvent(new CustomEvent('portrait', { bubbles: true }));
      const then = part.closest('[data-then]');
      if (then && !wrong) {
        location.assign(then.dataset.then);
      } else if (wrong) {
        wrong.tabIndex = -1;
        wrong.focus();
      } else {
        shown.scrollIntoView({ block: 'nearest' });
      }
    } catch {
      say(part.dataset.failed);
    } finally {
      part.removeAttribute('aria-busy');
    }
  }

  async function film() {
    say('');
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user', width: { ideal: 1920 }, height: { ideal: 1080 } } });
    } catch {
      say(part.dataset.denied);
      return;
    }
    close();
    find('sources').hidden = true;
    find('camera').hidden = false;
    const video = find('video');
    video.srcObject = stream;
    await video.play();
    find('take').focus();
  }

  function unfilm() {
    if (!stream) return;
    for (const track of stream.getTracks()) track.stop();
    stream = null;
    find('camera').hidden = true;
    if (!picture) find('sources').hidden = false;
  }

  async function take() {
    const video = find('video');
    if (!video.videoWidth) return;
    const shot = document.createElement('canvas');
    shot.width = video.videoWidth;
    shot.height = video.videoHeight;
    shot.getContext('2d').drawImage(video, 0, 0);
    const file = await new Promise((done) => shot.toBlob(done, 'image/jpeg', 0.95));
    unfilm();
    await open(file, film);
  }

  function say(text) {
    says.textContent = text;
  }
}

// A picture with more pixels or bytes than the server takes is made smaller before it is sent.
async function light({ file, bitmap }) {
  if (!bitmap || (file.size <= BYTES_MAX && bitmap.width * bitmap.height <= PIXELS_MAX)) return file;
  const scale = Math.min(1, SIDE_MAX / Math.max(bitmap.width, bitmap.height));
  const small = document.createElement('canvas');
  small.width = Math.round(bitmap.width * scale);
  small.height = Math.round(bitmap.height * scale);
  small.getContext('2d').drawImage(bitmap, 0, 0, small.width, small.height);
  return new Promise((done) => small.toBlob(done, 'image/jpeg', 0.92));
}

// One pointer moves, two zoom.
function followPointers(canvas, move, zoom) {
  const pointers = new Map();
  const apart = () => {
    const [one, other] = pointers.values();
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const distance = pointers.size === 2 ? apart() : 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size === 2) {
      zoom(apart() / Math.max(1, distance));
    } else if (pointers.size === 1) {
      const { width, height } = canvas.getBoundingClientRect();
      move((before.x - event.clientX) / width, (before.y - event.clientY) / height);
    }
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, (event) => pointers.delete(event.pointerId));
}
