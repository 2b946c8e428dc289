/** As much of JSON Schema as the document uses. A word that isn't known here is an error, so that nothing goes unchecked in silence. */

const annotations = new Set([
  'description',
  'title',
  'default',
  'example',
  'examples',
  'format',
  'deprecated',
  '$comment',
  'readOnly',
  'writeOnly',
]);

/** @returns {string[]} what in the value isn't as the schema says */
export function faultsOf(value, schema, root, at) {
  return schema === true || schema === undefined
    ? []
    : schema === false
      ? [`${at} isn't allowed`]
      : Object.entries(schema).flatMap(([word, rule]) => (annotations.has(word) ? [] : check(word)(value, rule, { schema, root, at })));
}

function check(word) {
  return words[word] ?? (() => [`the schema says ${word}, which the suite doesn't know`]);
}

const words = {
  $ref: (value, rule, { root, at }) =>
    faultsOf(
      value,
      rule
        .split('/')
        .slice(1)
        .reduce((found, name) => found[name], root),
      root,
      at,
    ),
  type: (value, rule, { at }) =>
    when(
      [].concat(rule).some((type) => isA(value, type)),
      `${at} is ${typeOf(value)} and not ${rule}`,
    ),
  const: (value, rule, { at }) => when(same(value, rule), `${at} is ${JSON.stringify(value)} and not ${JSON.stringify(rule)}`),
  enum: (value, rule, { at }) =>
    when(
      rule.some((one) => same(value, one)),
      `${at} is ${JSON.stringify(value)} and none of ${JSON.stringify(rule)}`,
    ),
  pattern: (value, rule, { at }) =>
    when(typeof value !== 'string' || new RegExp(rule, 'u').test(value), `${at} is '${value}' and not like ${rule}`),
  minLength: (value, rule, { at }) => when(typeof value !== 'string' || [...value].length >= rule, `${at} is too short`),
  maxLength: (value, rule, { at }) => when(typeof value !== 'string' || [...value].length <= rule, `${at} is too long`),
  minimum: (value, rule, { at }) => when(typeof value !== 'number' || value >= rule, `${at} is ${value}, below ${rule}`),
  maximum: (value, rule, { at }) => when(typeof value !== 'number' || value <= rule, `${at} is ${value}, above ${rule}`),
  exclusiveMinimum: (value, rule, { at }) => when(typeof value !== 'number' || value > rule, `${at} is ${value}, not above ${rule}`),
  minItems: (value, rule, { at }) => when(!Array.isArray(value) || value.length >= rule, `${at} has too few items`),
  maxItems: (value, rule, { at }) => when(!Array.isArray(value) || value.length <= rule, `${at} has too many items`),
  items: (value, rule, { root, at }) => (Array.isArray(value) ? value.flatMap((item, i) => faultsOf(item, rule, root, `${at}[${i}]`)) : []),
  required: (value, rule, { at }) =>
    isA(value, 'object') ? rule.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`) : [],
  properties: (value, rule, { root, at }) =>
    isA(value, 'object')
      ? Object.keys(rule)
          .filter((name) => name in value)
          .flatMap((name) => faultsOf(value[name], rule[name], root, `${at}.${name}`))
      : [],
  additionalProperties: (value, rule, { schema, root, at }) =>
    isA(value, 'object')
      ? Object.keys(value)
          .filter((name) => !(name in (schema.properties ?? {})))
          .flatMap((name) => faultsOf(value[name], rule, root, `${at}.${name}`))
      : [],
  allOf: (value, rule, { root, at }) => rule.flatMap((one) => faultsOf(value, one, root, at)),
  anyOf: (value, rule, { root, at }) =>
    when(
      rule.some((one) => faultsOf(value, one, root, at).length === 0),
      `${at} fits none of those allowed`,
    ),
  oneOf: (value, rule, { root, at }) =>
    when(rule.filter((one) => faultsOf(value, one, root, at).length === 0).length === 1, `${at} doesn't fit exactly one of those allowed`),
};

function when(fine, fault) {
  return fine ? [] : [fault];
}

function typeOf(value) {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function isA(value, type) {
  return type === 'integer' ? Number.isInteger(value) : typeOf(value) === type;
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
