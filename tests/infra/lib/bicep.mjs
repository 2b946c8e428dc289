// Reads .bicep files into what the policies ask about. The grammar is tree-sitter's, not the compiler's: it knows syntax, no types.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(join(root, 'node_modules/tree-sitter-bicep/tree-sitter-bicep.wasm')));

/** Path below the repository -> source, for every template. */
export function readTemplates(folder = 'infra') {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter((entry) => entry.isFile() && entry.name.endsWith('.bicep'))
      .map((entry) =>
        relative(root, join(entry.parentPath ?? entry.path, entry.name))
          .split(sep)
          .join('/'),
      )
      .sort()
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
}

export function parseAll(sources) {
  return [...sources].map(([path, source]) => parse(path, source));
}

export function parse(path, source) {
  // Trees live in the parser's own memory; everything a policy needs is copied out, so they can be given back at once.
  const tree = parser.parse(source);
  try {
    return new Reader(path, source).read(tree.rootNode);
  } finally {
    tree.delete();
  }
}

export function* strings(value) {
  if (value?.kind === 'string') yield value;
  for (const child of value?.children ?? []) yield* strings(child);
}

/** The objects in a value, the value itself included. */
export function* objects(value) {
  if (value?.kind === 'object') yield value;
  for (const child of value?.children ?? []) yield* objects(child);
}

export const property = (object, ...path) =>
  path.reduce((value, name) => value?.properties?.find((each) => each.name === name)?.value, object);

class Reader {
  constructor(path, source) {
    this.file = {
      path,
      source,
      errors: [],
      targetScope: 'resourceGroup',
      params: [],
      vars: [],
      resources: [],
      modules: [],
      outputs: [],
      words: new Map(),
    };
  }

  read(tree) {
    this.collectErrors(tree);
    let decorators = [];
    for (const node of tree.namedChildren) {
      if (node.type === 'decorators') {
        decorators = node.namedChildren.map((each) => this.decorator(each));
        continue;
      }
      if (node.type === 'comment' || node.type === 'diagnostic_comment') continue;
      this.declaration(node, decorators);
      decorators = [];
    }
    return this.file;
  }

  collectErrors(node) {
    if (node.isError || node.isMissing)
      this.file.errors.push(`${this.file.path}:${node.startPosition.row + 1}: ${JSON.stringify(node.text.slice(0, 60))}`);
    // How often a name is written anywhere outside comments and plain text: a declaration nobody uses is written once.
    if (node.type === 'identifier') this.file.words.set(node.text, (this.file.words.get(node.text) ?? 0) + 1);
    for (const child of node.children) this.collectErrors(child);
  }

  decorator(node) {
    const call = node.namedChildren[0];
    return {
      name: call.childForFieldName('function').text,
      arguments: call.childForFieldName('arguments').namedChildren.map((each) => this.value(each)),
    };
  }

  declaration(node, decorators) {
    const [first, second, third] = node.namedChildren;
    const at = { line: node.startPosition.row + 1, decorators, name: first?.text };
    switch (node.type) {
      case 'target_scope_assignment':
        this.file.targetScope = text(first);
        break;
      case 'parameter_declaration':
        this.file.params.push({ ...at, type: second.text, value: third && this.value(third) });
        break;
      case 'variable_declaration':
        this.file.vars.push({ ...at, value: this.value(second) });
        break;
      case 'output_declaration':
        this.file.outputs.push({ ...at, type: second.text, value: this.value(third) });
        break;
      case 'module_declaration':
        this.file.modules.push({ ...at, path: text(second), body: this.value(third) });
        break;
      case 'resource_declaration':
        this.resource(node, decorators, undefined);
        break;
      default:
        // Types, functions and imports: nothing here needs them yet.
        break;
    }
  }

  resource(node, decorators, parent) {
    const [name, type, body] = node.namedChildren;
    const [full, version] = text(type).split('@');
    const resource = {
      line: node.startPosition.row + 1,
      decorators,
      name: name.text,
      type: parent ? `${parent.type}/${full}` : full,
      version: version ?? parent?.version,
      existing: node.children.some((child) => child.type === 'existing'),
      parent,
    };
    this.file.resources.push(resource);
    this.enclosing = resource;
    resource.body = this.value(body);
    resource.object = objects(resource.body).next().value;
    this.enclosing = parent;
  }

  value(node) {
    const base = { text: node.text, line: node.startPosition.row + 1 };
    switch (node.type) {
      case 'object': {
        const properties = [];
        for (const child of node.namedChildren.filter((each) => each.type === 'object_property')) {
          const [key, value] = child.namedChildren;
          if (key.type === 'resource_declaration') this.resource(key, [], this.enclosing);
          else
            properties.push({
              name: key.type === 'string' ? text(key) : key.text,
              line: child.startPosition.row + 1,
              value: this.value(value),
            });
        }
        return { ...base, kind: 'object', properties, children: properties.map((each) => each.value) };
      }
      case 'string':
        return {
          ...base,
          kind: 'string',
          value: text(node),
          interpolated: node.namedChildren.some((each) => each.type === 'interpolation'),
          children: this.children(node),
        };
      case 'number':
        return { ...base, kind: 'number', value: Number(node.text), children: [] };
      case 'boolean':
        return { ...base, kind: 'boolean', value: node.text === 'true', children: [] };
      case 'array':
        return { ...base, kind: 'array', children: this.children(node) };
      case 'identifier':
        return { ...base, kind: 'identifier', children: [] };
      case 'call_expression':
        return { ...base, kind: 'call', function: node.childForFieldName('function').text, children: this.children(node) };
      default:
        return { ...base, kind: node.type, children: this.children(node) };
    }
  }

  children(node) {
    return node.namedChildren
      .filter((each) => each.type !== 'comment' && each.type !== 'diagnostic_comment')
      .map((each) => this.value(each));
  }
}

/** What stands between the quotes, interpolations as written. */
function text(node) {
  return node.text.startsWith("'''") ? node.text.slice(3, -3) : node.text.slice(1, -1);
}

export const resolveModule = (file, path) => posix.normalize(posix.join(posix.dirname(file.path), path));
