// Serves this folder. node serve.mjs [--port 5080] [--api http://localhost:7071/api]
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5080' },
    api: { type: 'string', default: 'http://localhost:7071/api' },
  },
});
const api = new URL(values.api);

const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
const files = new Map([
  ['/', 'index.html'],
  ['/app.js', 'app.js'],
  ['/api.js', 'api.js'],
  ['/style.css', 'style.css'],
]);

const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${api.origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

async function answer(request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
    return;
  }

  const path = request.url.split('?')[0];
  if (path === '/config.js') {
    const script = `export const apiBase = ${JSON.stringify(api.href.replace(/\/$/, ''))};\n`;
    response.writeHead(200, { ...headers, 'Content-Type': 'text/javascript; charset=utf-8' }).end(script);
    return;
  }

  const file = files.get(path);
  if (!file) {
    response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end('There is nothing here.\n');
    return;
  }

  const body = await readFile(new URL(file, import.meta.url));
  const type = types[file.slice(file.lastIndexOf('.') + 1)];
  response.writeHead(200, { ...headers, 'Content-Type': `${type}; charset=utf-8` }).end(body);
}

// localhost is two addresses, and browsers may try either; a machine without IPv6 has only the first.
for (const address of ['127.0.0.1', '::1']) {
  createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      response.writeHead(500, headers).end();
    });
  })
    .on('error', (error) => {
      if (address === '127.0.0.1' || error.code === 'EADDRINUSE') {
        console.error(error.message);
        process.exit(1);
      }
    })
    .listen(Number(values.port), address, () => {
      if (address === '127.0.0.1') {
        console.log(`demo http://localhost:${values.port} for ${api.href}`);
      }
    });
}
