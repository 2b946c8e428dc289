// Azurite behind a proxy that can be told to fail, over HTTP: POST /refuse, /cut, /hang?partition=0a, /stop, /recover.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class FaultyStorage {
  #script;
  #folder = mkdtempSync(join(tmpdir(), 'faulty-storage-'));
  #azuritePort;
  #azurite;
  #agent;
  #port;
  #proxy;
  #control;
  #hangs = () => false;

  /** @param {string} script Azurite's table service */
  static async start(script) {
    const storage = new FaultyStorage();
    storage.#script = script;
    storage.#port = await freePort();
    storage.#azuritePort = await freePort();
    await storage.#startAzurite();
    await storage.#listen();
    storage.#control = http.createServer((request, response) => storage.#obey(request, response)).listen(0, '127.0.0.1');
    await once(storage.#control, 'listening');
    return storage;
  }

  /** Where the service finds its table. */
  get endpoint() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Where it is told what to do. */
  get control() {
    return `http://127.0.0.1:${this.#control.address().port}`;
  }

  /** For good, and its data with it. */
  async close() {
    this.#control.close();
    this.#refuse();
    await this.#stopAzurite();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #obey(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://control');
    try {
      await this.#become(pathname.slice(1), searchParams.getAll('partition'));
      response.end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }

  async #become(what, partitions) {
    switch (what) {
      case 'cut':
        return this.#cut();
      case 'hang':
        this.#hangs = partitions.length === 0 ? () => true : (asked) => partitions.some((partition) => names(asked, partition));
        return;
      case 'refuse':
        return this.#refuse();
      case 'stop':
        this.#refuse();
        return this.#stopAzurite();
      case 'recover':
        this.#hangs = () => false;
        this.#cut(); // whoever still waits is sent away
        await this.#startAzurite();
        return this.#listen();
      default:
        throw new Error(`What is ${what}?`);
    }
  }

  #cut() {
    this.#proxy?.closeAllConnections();
    this.#agent?.destroy();
    this.#agent = new http.Agent({ keepAlive: true });
  }

  #refuse() {
    this.#proxy?.close();
    this.#cut();
    this.#proxy = undefined;
  }

  async #listen() {
    if (!this.#proxy) {
      this.#proxy = http.createServer((request, response) => this.#pass(request, response));
      this.#proxy.listen(this.#port, '127.0.0.1');
      await once(this.#proxy, 'listening');
    }
  }

  async #pass(request, response) {
    request.on('error', () => {});
    const body = Buffer.concat(await request.toArray().catch(() => []));
    if (this.#hangs(`${decodeURIComponent(request.url)}\n${body.toString('latin1')}`)) {
      return;
    }

    const { method, url: path, rawHeaders: headers } = request;
    const onwards = http.request({ host: '127.0.0.1', port: this.#azuritePort, method, path, headers, agent: this.#agent });
    onwards.on('error', () => response.destroy());
    onwards.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    onwards.end(body);
  }

  async #startAzurite() {
    if (this.#azurite) {
      return;
    }

    const args = [this.#script, '--tablePort', this.#azuritePort, '--location', this.#folder, '--disableTelemetry', '--silent'];
    this.#azurite = spawn(process.execPath, args.map(String), { cwd: this.#folder, stdio: 'ignore' });
    while (!(await answers(this.#azuritePort))) {
      if (this.#azurite.exitCode !== null) {
        throw new Error("Azurite didn't start.");
      }

      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Asked, and not killed: Azurite writes its files every 5 s only, so a killed one forgets what it has acknowledged. */
  async #stopAzurite() {
    const azurite = this.#azurite;
    this.#azurite = undefined;
    if (azurite?.exitCode === null) {
      azurite.kill('SIGINT');
      await once(azurite, 'exit');
    }
  }
}

/** Whether a request is about a partition: by its address, its filter, its entity, or an operation in its batch. */
function names(asked, partition) {
  const forms = [`PartitionKey='${partition}'`, `PartitionKey eq '${partition}'`, `"PartitionKey":"${partition}"`];
  return forms.some((form) => asked.includes(form));
}

async function answers(port) {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
