// When the network is gone: says so, and keeps what was typed until the network is back.

import { say, unsay } from './notice.js';

const { offline, online } = document.getElementById('notices').dataset;

addEventListener('offline', () => say(offline, 'attention'));
addEventListener('online', () => {
  unsay(offline);
  say(online);
});

document.addEventListener('submit', (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  say(offline, 'attention');
}, { capture: true });

if (!navigator.onLine) say(offline, 'attention');
