// express-session on its own memory or on Redis: node server.mjs PORT [REDIS-URL]
import express from 'express';
import session from 'express-session';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';

const [port, redis] = process.argv.slice(2);
let store = new session.MemoryStore();
if (redis) {
  const client = createClient({ url: redis });
  await client.connect();
  store = new RedisStore({ client });
}

const app = express();
app.disable('x-powered-by');
app.disable('etag'); // nobody asks the peers for conditional answers
app.use(session({ store, secret: 'of the benchmark only', resave: false, saveUninitialized: false }));
app.use(express.json());

app.get('/session', (request, response) => response.json(request.session.data));
app.post('/session', (request, response) => {
  request.session.data = request.body;
  response.status(201).json(request.session.data);
});
app.patch('/session', (request, response) => {
  Object.assign(request.session.data, request.body);
  response.json(request.session.data);
});
app.post('/sign-in', (request, response, next) => {
  const { data } = request.session;
  request.session.regenerate(error => {
    if (error) return next(error);
    request.session.data = data;
    request.session.user = request.body.user;
    response.json(data);
  });
});

app.listen(Number(port), '127.0.0.1');
