import { apiBase } from './config.js';
import * as api from './api.js';

const goods = [
  { id: 'tea', name: 'Green tea', price: 6.5 },
  { id: 'bread', name: 'Rye bread', price: 4.2 },
  { id: 'honey', name: 'Honey', price: 7.9 },
  { id: 'pear', name: 'Pears', price: 3.1 },
];

const euro = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'EUR' });
const element = (id) => document.getElementById(id);
let session = null;

// One thing at a time: a second click waits for the first one's answer, and so sees its version.
let queue = Promise.resolve();
function run(action) {
  queue = queue.then(async () => {
    document.body.setAttribute('aria-busy', 'true');
    try {
      showProblem(null);
      await action();
    } catch (problem) {
      say('');
      if (problem.status === 401) {
        session = null;
        say('The session has ended.');
      } else {
        showProblem(problem);
      }
    } finally {
      document.body.removeAttribute('aria-busy');
      render();
    }
  });
  return queue;
}

async function resume() {
  try {
    session = await api.read();
  } catch (problem) {
    if (problem.status !== 401) {
      throw problem;
    }

    session = await api.start();
    say('A new session has started.');
  }
}

const begin = async () => {
  session = await api.start();
  say('A new session has started.');
};

const refresh = async () => {
  session = await api.read({ touch: false });
};

const touch = async () => {
  await api.touch();
  await refresh();
  say('Kept alive.');
};

const rotate = async () => {
  await api.rotate();
  await refresh();
  say('The secret in the cookie is a new one; id and cart are the same.');
};

const leave = async () => {
  await api.end();
  session = null;
  say('Logged out.');
};

/** Sets one item's number from what it is now. Another tab may be faster: then it starts from what that one wrote. */
async function change(id, by) {
  for (let attempt = 1; ; attempt++) {
    const number = Math.max(0, (cart()[id] ?? 0) + by);
    try {
      await api.patch({ cart: { [id]: number || null } }, session);
      break;
    } catch (problem) {
      if (problem.status !== 412 || attempt === 5) {
        throw problem;
      }

      await refresh();
    }
  }

  await refresh();
  const item = goods.find((each) => each.id === id);
  say(`${item.name}: ${cart()[id] ?? 0} in the cart.`);
}

const cart = () => session?.data?.cart ?? {};

function render() {
  document.body.dataset.state = session ? 'on' : 'off';
  element('sid').textContent = session?.sid ?? '–';
  element('version').textContent = session?.version ?? '–';
  element('started').textContent = session ? new Date(session.createdAt).toLocaleTimeString() : '–';
  for (const button of document.querySelectorAll('[data-needs-session]')) {
    button.disabled = !session;
  }

  element('start').hidden = Boolean(session);
  renderCart();
  renderCountdown();
}

function renderCart() {
  const lines = goods.filter((item) => cart()[item.id] > 0);
  element('cart').replaceChildren(...lines.map(cartLine));
  element('empty').hidden = lines.length > 0;
  element('total').textContent = euro.format(lines.reduce((sum, item) => sum + item.price * cart()[item.id], 0));
}

function cartLine(item) {
  const line = document.createElement('li');
  line.dataset.item = item.id;
  const name = document.createElement('span');
  name.textContent = item.name;
  const number = document.createElement('output');
  number.textContent = cart()[item.id];
  line.append(name, step(item, -1, '−', 'One less'), number, step(item, 1, '+', 'One more'));
  return line;
}

function step(item, by, sign, label) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'step';
  button.textContent = sign;
  button.setAttribute('aria-label', `${label}: ${item.name}`);
  button.addEventListener('click', () => run(() => change(item.id, by)));
  return button;
}

function renderGoods() {
  element('goods').replaceChildren(
    ...goods.map((item) => {
      const card = document.createElement('li');
      const icon = document.createElement('span');
      icon.className = 'icon';
      icon.setAttribute('aria-hidden', 'true');
      icon.textContent = item.name[0];
      const name = document.createElement('strong');
      name.textContent = item.name;
      const price = document.createElement('span');
      price.textContent = euro.format(item.price);
      const add = document.createElement('button');
      add.type = 'button';
      add.dataset.needsSession = '';
      add.dataset.add = item.id;
      add.textContent = 'Add';
      add.setAttribute('aria-label', `Add: ${item.name}`);
      add.addEventListener('click', () => run(() => change(item.id, 1)));
      card.dataset.item = item.id;
      card.append(icon, name, price, add);
      return card;
    }),
  );
}

function renderCountdown() {
  const left = session ? Math.max(0, Math.round((new Date(session.expiresAt) - Date.now()) / 1000)) : null;
  element('expires').textContent = left === null ? '–' : clock(left);
}

const clock = (seconds) => {
  const two = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

function say(text) {
  element('status').textContent = text;
}

function showProblem(problem) {
  element('problem').hidden = !problem;
  element('problem-title').textContent = problem?.title ?? '';
  element('problem-detail').textContent = problem?.detail ?? (problem ? String(problem) : '');
}

let nextCheck = 0;
function tick() {
  const expired = session && new Date(session.expiresAt) <= Date.now();
  if (expired && !document.hidden && Date.now() >= nextCheck) {
    // The API decides; asked without touching, since a look at the clock is no use of the session.
    nextCheck = Date.now() + 5000;
    run(refresh);
  }

  renderCountdown();
}

element('api').textContent = apiBase;
element('start').addEventListener('click', () => run(begin));
element('touch').addEventListener('click', () => run(touch));
element('rotate').addEventListener('click', () => run(rotate));
element('leave').addEventListener('click', () => run(leave));
element('retry').addEventListener('click', () => run(resume));
// Another tab may have changed the cart or logged out.
document.addEventListener('visibilitychange', () => !document.hidden && session && run(refresh));

renderGoods();
render();
await run(resume);
setInterval(tick, 1000);
