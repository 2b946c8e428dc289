// Reads the options of the app from the four places that state them, in one form: configuration key -> default as text.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, root } from './bicep.mjs';

export const rootClass = 'SessionOptions';
const section = 'Sessions';

/** The C# files with option classes, or the fixture while there are none. OPTIONS_SOURCE names another folder or file, for a trial. */
export function readOptionSources() {
  const places = process.env.OPTIONS_SOURCE ? [process.env.OPTIONS_SOURCE] : ['src/Sessions', 'src/SessionFunctions'];
  const sources = places
    .flatMap((place) => (place.endsWith('.cs') ? [place] : filesIn(place)))
    .filter((path) => path.endsWith('Options.cs'))
    .map((path) => readFileSync(join(root, path), 'utf8'));
  if (sources.some((source) => new RegExp(`class ${rootClass}\\b`).test(source))) return { sources, real: true };
  return { sources: [readFileSync(join(root, 'tests/infra/fixtures/SessionOptions.cs'), 'utf8')], real: false };
}

function filesIn(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((name) => !/\/(bin|obj)\//.test(name));
}

/** Properties of the options class, followed into the classes its properties are made of. */
export function optionsOfClass(sources) {
  const classes = new Map(sources.flatMap((source) => [...classesOf(stripComments(source))]));
  const options = new Map();
  walk(rootClass, section);
  return options;

  function walk(name, prefix) {
    const body = classes.get(name);
    if (body === undefined) throw new Error(`there is no class ${name}`);
    for (const [, type, property, initial] of body.matchAll(
      /public (?:required )?([\w<>?[\].]+) (\w+) \{ get; (?:set|init); \}(?: = ([^;]+);)?/g,
    )) {
      const key = `${prefix}:${property}`;
      const element = type.replace('?', '');
      if (classes.has(element)) walk(element, key);
      else options.set(key, valueOf(type, initial?.trim(), key));
    }
  }
}

/** Class name -> its own text, nested classes cut out and listed apart. */
function* classesOf(source) {
  for (const match of source.matchAll(/\b(?:class|record) (\w+)[^{;]*\{/g)) {
    let body = '';
    let depth = 1;
    let index = match.index + match[0].length;
    const nested = [];
    for (; index < source.length && depth > 0; index++) {
      const inner = /^\b(?:public|internal|private)[\w ]* (?:class|record) \w+[^{;]*\{/.exec(source.slice(index, index + 200));
      if (inner && depth === 1) {
        nested.push(index);
        let level = 1;
        index += inner[0].length;
        while (index < source.length && level > 0) level += { '{': 1, '}': -1 }[source[index++]] ?? 0;
      }
      depth += { '{': 1, '}': -1 }[source[index]] ?? 0;
      if (depth > 0) body += source[index] ?? '';
    }
    yield [match[1], body];
  }
}

const stripComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** A C# initialiser as the text a setting would hold; none is the empty text. */
function valueOf(type, initial, key) {
  const element = type.replace('?', '');
  if (initial === undefined || initial === 'null' || initial === 'default') {
    if (type.endsWith('?') || element === 'string' || /[[<]/.test(type) || element === 'Uri') return '';
    if (element === 'bool') return 'false';
    if (element === 'TimeSpan') return '00:00:00';
    if (/^(int|long|double|decimal)$/.test(element)) return '0';
  }
  if (initial === '[]' || /^new(\(\)| \w+(<\w+>)?\(\))$/.test(initial) || initial === '""' || initial === 'string.Empty') return '';
  const quoted = /^"(.*)"$/.exec(initial);
  if (quoted) return quoted[1];
  if (initial === 'true' || initial === 'false') return initial;
  const list = /^\[(("[^"]*"(, )?)+)\]$/.exec(initial);
  if (list)
    return list[1]
      .split(', ')
      .map((each) => each.slice(1, -1))
      .join(',');
  const span = /^TimeSpan\.From(Days|Hours|Minutes|Seconds|Milliseconds)\(([\d.]+)\)$/.exec(initial);
  if (span) return duration(Number(span[2]) * { Days: 86400, Hours: 3600, Minutes: 60, Seconds: 1, Milliseconds: 0.001 }[span[1]]);
  const constructed = /^new(?: TimeSpan)?\(([\d, ]+)\)$/.exec(initial);
  if (constructed && element === 'TimeSpan') {
    const [days, hours, minutes, seconds] = [0, ...constructed[1].split(',').map(Number)].slice(-4);
    return duration(days * 86400 + hours * 3600 + minutes * 60 + seconds);
  }
  if (initial === 'TimeSpan.Zero') return '00:00:00';
  if (/^[\d_.]+( \* [\d_.]+)*$/.test(initial))
    return String(
      initial
        .replaceAll('_', '')
        .split(' * ')
        .map(Number)
        .reduce((a, b) => a * b, 1),
    );
  const member = /^\w+\.(\w+)$/.exec(initial);
  if (member) return member[1];
  throw new Error(`${key}: the default "${initial}" is not understood here; teach tests/infra/lib/options.mjs to read it`);
}

export function duration(seconds) {
  const two = (value) => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  return `${days > 0 ? `${days}.` : ''}${two((seconds % 86400) / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

/** The entries of `options` and `vaultOptions` in main.bicep with the default of the parameter each is made of. */
export function optionsOfBicep(source) {
  const file = parse('infra/main.bicep', source);
  const options = new Map();
  for (const [variable, fromVault] of [
    ['options', false],
    ['vaultOptions', true],
  ]) {
    for (const { name, value } of file.vars.find((each) => each.name === variable)?.value.properties ?? []) {
      const param = file.params.find((each) => new RegExp(`\\b${each.name}\\b`).test(value.text));
      options.set(name.replaceAll('__', ':'), { value: textOf(param?.value), param: param?.name, fromVault });
    }
  }
  return options;
}

function textOf(value) {
  if (value === undefined) return undefined;
  return value.kind === 'array' ? value.children.map((each) => each.value).join(',') : String(value.value);
}

/** The settings of ours in the sample that ./run starts from. */
export function optionsOfSample(source) {
  const values = JSON.parse(source).Values;
  return new Map(
    Object.entries(values)
      .map(([key, value]) => [key.replaceAll('__', ':'), value])
      .filter(([key]) => key.startsWith(`${section}:`) || key === 'CleanupSchedule'),
  );
}

/** The rows of the table in docs/options.md. */
export function optionsOfDocs(source) {
  const rows = source.matchAll(/^\| `([\w:]+)` \| (`([^`]*)`|none) \| ([^|]*) \| (.+) \|$/gm);
  return new Map([...rows].map(([, key, , value, unit, text]) => [key, { value: value ?? '', unit: unit.trim(), text: text.trim() }]));
}

/**
 * What doesn't agree, one sentence each. `exempt` names, place by place, the options that differ on purpose:
 * exempt[place][key] = the reason.
 */
export function differences({ code, bicep, sample, docs, exempt }) {
  const found = [];
  const say = (place, key, sentence) => {
    if (!exempt[place]?.[key]) found.push(`${key}: ${sentence}`);
  };
  for (const [key, value] of code) {
    if (!bicep.has(key)) say('bicep', key, 'infra/main.bicep has no parameter and app setting for it');
    else if (bicep.get(key).param === undefined) say('bicep', key, 'infra/main.bicep sets it without a parameter');
    else if (bicep.get(key).value !== value)
      say('bicep', key, `the default is ${show(value)} in the code, ${show(bicep.get(key).value)} in infra/main.bicep`);
    else if (!bicep.get(key).fromVault && bicep.get(key).param !== parameterName(key))
      say('bicep', key, `its parameter is ${bicep.get(key).param}, not ${parameterName(key)}`);
    if (!docs.has(key)) say('docs', key, 'docs/options.md has no row for it');
    else if (docs.get(key).value !== value)
      say('docs', key, `the default is ${show(value)} in the code, ${show(docs.get(key).value)} in docs/options.md`);
    if (sample.has(key) && sample.get(key) !== value)
      say('sample', key, `the default is ${show(value)} in the code, ${show(sample.get(key))} in local.settings.sample.json`);
  }
  for (const [place, keys] of [
    ['bicep', bicep],
    ['docs', docs],
    ['sample', sample],
  ])
    for (const key of keys.keys())
      if (!code.has(key))
        say(
          place,
          key,
          `${{ bicep: 'infra/main.bicep', docs: 'docs/options.md', sample: 'local.settings.sample.json' }[place]} has it, the code has not`,
        );
  for (const [place, reasons] of Object.entries(exempt))
    for (const key of Object.keys(reasons)) if (!code.has(key)) found.push(`${key}: is exempt for ${place}, but there is no such option`);
  return found;
}

const show = (value) => (value === '' ? 'none' : value === undefined ? 'missing' : `"${value}"`);

/** Sessions:Cookie:Name -> cookieName */
export function parameterName(key) {
  const name = key.replace(`${section}:`, '').replaceAll(':', '');
  return name[0].toLowerCase() + name.slice(1);
}
