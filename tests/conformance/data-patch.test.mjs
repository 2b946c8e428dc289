/** JSON Patch (RFC 6902) of /sessions/current/data. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { byBearer } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';

describe('a JSON patch', { concurrency: true }, () => {
  test('does what the RFC says', async () => {
    for (const [before, patch, after] of [
      [{ a: [] }, [{ op: 'add', path: '/a/0', value: 1 }], { a: [1] }],
      [{ a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
      [{ a: [1] }, [{ op: 'add', path: '/a/-', value: [2] }], { a: [1, [2]] }],
      [{ a: [1] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2] }],
      [{ a: 1, b: 2 }, [{ op: 'add', path: '/a', value: null }], { a: null, b: 2 }],
      [{}, [{ op: 'add', path: '/', value: 1 }], { '': 1 }],
      [{ a: 1 }, [{ op: 'add', path: '', value: { b: 2 } }], { b: 2 }],
      [{ a: { b: 1 } }, [{ op: 'add', path: '/a/c', value: 2 }], { a: { b: 1, c: 2 } }],
      [{}, [{ op: 'add', path: '/x', value: 1, extra: 2 }], { x: 1 }],
      [{ a: 1, b: 2 }, [{ op: 'remove', path: '/a' }], { b: 2 }],
      [{ a: [1, 2, 3] }, [{ op: 'remove', path: '/a/1' }], { a: [1, 3] }],
      [{ a: [1, 2] }, [{ op: 'replace', path: '/a/0', value: 3 }], { a: [3, 2] }],
      [{ a: { b: 1 } }, [{ op: 'replace', path: '/a', value: 1 }], { a: 1 }],
      [{ a: { b: 2 } }, [{ op: 'move', from: '/a', path: '' }], { b: 2 }],
      [{ a: 1, ab: 2 }, [{ op: 'move', from: '/a', path: '/ab' }], { ab: 1 }],
      [{ a: 1, b: 2 }, [{ op: 'move', from: '/a', path: '/a' }], { a: 1, b: 2 }],
      [{ a: [1, 2, 3] }, [{ op: 'move', from: '/a/0', path: '/a/2' }], { a: [2, 3, 1] }],
      [{ a: { b: 2 } }, [{ op: 'copy', from: '', path: '/a/c' }], { a: { b: 2, c: { a: { b: 2 } } } }],
      [
        { a: [1, 2] },
        [
          { op: 'copy', from: '/a/0', path: '/a/-' },
          { op: 'replace', path: '/a/0', value: 3 },
        ],
        { a: [3, 2, 1] },
      ],
      [
        { 'a/b': 1, 'm~n': 2, '~1': 3 },
        [
          { op: 'remove', path: '/a~1b' },
          { op: 'remove', path: '/m~0n' },
          { op: 'test', path: '/~01', value: 3 },
        ],
        { '~1': 3 },
      ],
      [
        { list: [1, 3], old: true },
        [
          { op: 'test', path: '/list/1', value: 3.0 },
          { op: 'add', path: '/list/1', value: 2 },
          { op: 'remove', path: '/old' },
        ],
        { list: [1, 2, 3] },
      ],
      [{ a: 1 }, [], { a: 1 }],
    ]) {
      const holder = await byBearer({ data: before });
      assert.deepEqual((await holder.jsonPatch(patch)).is(200).data, after, JSON.stringify(patch));
      assert.deepEqual(await holder.data(), after);
    }
  });

  test('finds equal what means the same', async () => {
    for (const [value, tested] of [
      ['1', '1.0'],
      ['100', '1e2'],
      ['-0', '0.00e5'],
      ['"\\u00e9"', '"é"'],
      ['{"x":1,"y":[{"z":null}]}', '{"y":[{"z":null}],"x":10e-1}'],
      ['null', 'null'],
    ]) {
      const holder = await byBearer();
      (await holder.put(undefined, { body: `{"a":${value}}` })).is(200);
      (await holder.jsonPatch(undefined, { body: `[{"op":"test","path":"/a","value":${tested}}]` })).is(200);
    }
  });

  test("finds unequal what doesn't", async () => {
    for (const [value, tested] of [
      ['12345678901234567890', '12345678901234567891'],
      ['0.1', '0.10000000000000000001'],
      ['1', '-1'],
      ['true', 'false'],
      ['null', 'false'],
      ['"a"', '"A"'],
      ['[1,2]', '[2,1]'],
      ['[1]', '[1,1]'],
      ['{}', '[]'],
      ['{"x":null}', '{"y":null}'],
      ['"1"', '1'],
    ]) {
      const holder = await byBearer();
      (await holder.put(undefined, { body: `{"a":${value}}` })).is(200);
      (await holder.jsonPatch(undefined, { body: `[{"op":"test","path":"/a","value":${tested}}]` })).is(409, 'conflict');
    }
  });

  const data = { list: [1, 2], text: 't', a: { b: 1 } };
  const refused = {
    'is in conflict where the data has no such place': [
      409,
      'conflict',
      [
        [{ op: 'remove', path: '/x' }],
        [{ op: 'replace', path: '/x', value: 1 }],
        [{ op: 'test', path: '/x', value: null }],
        [{ op: 'test', path: '/text', value: 'T' }],
        [{ op: 'copy', from: '/x', path: '/y' }],
        [{ op: 'move', from: '/x', path: '/x' }],
        [{ op: 'remove', path: '/list/2' }],
        [{ op: 'remove', path: '/list/-' }],
        [{ op: 'replace', path: '/list/-', value: 1 }],
        [{ op: 'add', path: '/list/3', value: 1 }],
        [{ op: 'add', path: '/list/01', value: 1 }],
        [{ op: 'add', path: '/list/x', value: 1 }],
        [{ op: 'add', path: '/text/x', value: 1 }],
        [{ op: 'add', path: '/x/y', value: 1 }],
        [{ op: 'move', from: '/list/0', path: '/list/2' }], // one fewer once it was taken out
      ],
    ],
    'is malformed where it is none': [
      400,
      'malformed-request',
      [
        '',
        '[',
        '{}',
        'null',
        '[1]',
        '{"a":2}',
        '[{"path":"/a","value":1}]',
        '[{"op":"Add","path":"/a","value":1}]',
        '[{"op":"spam","path":"/a","value":1}]',
        '[{"op":1,"path":"/a","value":1}]',
        '[{"op":"add","value":1}]',
        '[{"op":"add","path":null,"value":1}]',
        '[{"op":"add","path":"a","value":1}]',
        '[{"op":"add","path":"/~","value":1}]',
        '[{"op":"add","path":"/~2","value":1}]',
        '[{"op":"add","path":"/a"}]',
        '[{"op":"test","path":"/a"}]',
        '[{"op":"move","path":"/a"}]',
        '[{"op":"copy","from":"x","path":"/a"}]',
        '[{"op":"add","path":"/a","path":"/b","value":1}]',
      ],
    ],
    "isn't allowed where it would break the data": [
      422,
      'not-allowed',
      [
        [{ op: 'replace', path: '', value: [] }],
        [{ op: 'add', path: '', value: null }],
        [{ op: 'copy', from: '/a/b', path: '' }],
        [{ op: 'remove', path: '' }],
        [{ op: 'move', from: '/a', path: '/a/c' }],
        [{ op: 'move', from: '', path: '/c' }],
        [{ op: 'add', path: `/${'n'.repeat(257)}`, value: 1 }],
      ],
    ],
  };

  for (const [what, [status, problem, patches]] of Object.entries(refused)) {
    test(`${what}, and changes nothing`, async () => {
      const holder = await byBearer({ data });
      const { etag } = await holder.look();
      for (const patch of patches) {
        const [body, late] =
          typeof patch === 'string'
            ? [patch, patch]
            : [JSON.stringify(patch), JSON.stringify([{ op: 'add', path: '/first', value: 1 }, ...patch])];
        (await holder.jsonPatch(undefined, { body })).is(status, problem);
        (await holder.jsonPatch(undefined, { body: late })).is(status, problem);
      }

      const after = (await holder.look()).is(200);
      assert.deepEqual([after.etag, after.data], [etag, data]);
    });
  }

  test('has up to a thousand operations', async () => {
    const holder = await byBearer();
    const patch = (count) => Array.from({ length: count }, () => ({ op: 'add', path: '/a', value: 1 }));

    (await holder.jsonPatch(patch(1000))).is(200);
    (await holder.jsonPatch(patch(1001))).is(422, 'not-allowed');
  });

  test("can't make the data larger or deeper than data may be", async () => {
    const deep = JSON.parse('['.repeat(31) + ']'.repeat(31));
    const holder = await byBearer({ data: { b: {}, text: 'x'.repeat(Math.floor(settings.maxDataBytes * 0.6)) } });

    (await holder.jsonPatch([{ op: 'copy', from: '/text', path: '/again' }])).is(413, 'too-large');
    (await holder.jsonPatch([{ op: 'add', path: '/a', value: deep }])).is(200);
    (await holder.jsonPatch([{ op: 'add', path: '/b/a', value: deep }])).is(422, 'not-allowed');
    (await holder.jsonPatch([{ op: 'move', from: '/a', path: '/b/c' }])).is(422, 'not-allowed');
  });

  test('that copies again and again what it copied is refused in good time', async () => {
    const holder = await byBearer({ data: { list: [], text: 'x'.repeat(5000), a: {} } });
    const started = Date.now();

    (await holder.jsonPatch(Array.from({ length: 900 }, () => ({ op: 'copy', from: '/text', path: '/list/-' })))).is(413, 'too-large');
    (await holder.jsonPatch(Array.from({ length: 10 }, (_, i) => ({ op: 'copy', from: '/a', path: `/a${'/b'.repeat(2 ** i)}` })))).is(
      422,
      'not-allowed',
    );
    (await holder.jsonPatch(Array.from({ length: 40 }, () => ({ op: 'copy', from: '', path: '/list/-' })))).is([413, 422]);

    assert.ok(Date.now() - started < 5000, `it took ${Date.now() - started} ms`);
  });

  test('may have a thousand operations on data of a hundred members', async () => {
    const data = { list: Array.from({ length: 100 }, (_, id) => ({ id })), object: { deep: {} } };
    const thousand = (...operations) => Array.from({ length: 1000 }, (_, i) => operations[i % operations.length]);
    const holder = await byBearer({ data });

    for (const patch of [
      thousand({ op: 'add', path: '/list/0', value: 1 }, { op: 'remove', path: '/list/0' }),
      thousand({ op: 'move', from: '/list', path: '/object/deep/list' }, { op: 'move', from: '/object/deep/list', path: '/list' }),
      thousand({ op: 'copy', from: '/list', path: '/copy' }, { op: 'remove', path: '/copy' }),
      thousand({ op: 'test', path: '/list', value: data.list }).slice(0, 50),
    ]) {
      assert.deepEqual((await holder.jsonPatch(patch)).is(200).data, data);
    }
  });

  describe('on large data is done or refused in good time, and all or nothing:', () => {
    const room = Math.floor(settings.maxDataBytes * 0.9);
    const names = Array.from({ length: Math.floor(room / 10) }, (_, i) => i.toString(36).padStart(4, '0'));
    const large = (data) => JSON.stringify({ a: data, b: {} });
    const there = { op: 'move', from: '/a', path: '/b/c' };
    const back = { op: 'move', from: '/b/c', path: '/a' };
    const shapes = {
      'moves of a large list': [large(Array.from({ length: Math.floor(room / 3) }, () => [])), (i) => (i % 2 ? back : there)],
      'moves of its first member': [
        large(Array.from({ length: Math.floor(room / 2) }, () => 1)),
        () => ({ op: 'move', from: '/a/0', path: '/a/1' }),
      ],
      'removals from a large object': [
        large(Object.fromEntries(names.map((name) => [name, 1]))),
        (i) => ({ op: 'remove', path: `/a/${names[i % names.length]}` }),
      ],
      'copies of a large list': [
        large(Array.from({ length: Math.floor(room / 3) }, () => ({}))),
        () => ({ op: 'copy', from: '/a', path: '/b/c' }),
      ],
      'tests of a very long number': [`{"a":1.${'0'.repeat(room)},"b":{}}`, () => ({ op: 'test', path: '/a', value: 1 })],
    };

    for (const [shape, [body, operation]] of Object.entries(shapes)) {
      test(shape, async () => {
        const holder = await byBearer();
        const { etag } = (await holder.put(undefined, { body })).is(200);
        const started = Date.now();

        const answer = await holder.jsonPatch(Array.from({ length: 1000 }, (_, i) => operation(i)));

        assert.ok(Date.now() - started < 5000, `it took ${Date.now() - started} ms`);
        answer.is([200, 413, 422]);
        assert.equal((await holder.look()).etag === etag, answer.status !== 200);
      });
    }

    test('a merge patch that removes all of it', async () => {
      const holder = await byBearer();
      (await holder.put(Object.fromEntries(names.map((name) => [name, 1])))).is(200);
      const started = Date.now();

      const answer = await holder.patch(Object.fromEntries(names.map((name) => [name, null])));

      assert.ok(Date.now() - started < 5000, `it took ${Date.now() - started} ms`);
      assert.deepEqual(answer.is(200).data, {});
    });
  });
});
