// What a workflow may do. The files are read line by line: their form is ours, and no parser has to be trusted for it.

/** Every action in use, at the commit its release tag names. */
export const pins = {
  'actions/checkout': ['3d3c42e5aac5ba805825da76410c181273ba90b1', 'v7.0.1'],
  'actions/setup-dotnet': ['a98b56852c35b8e3190ac28c8c2271da59106c68', 'v6.0.0'],
  'actions/setup-node': ['820762786026740c76f36085b0efc47a31fe5020', 'v7.0.0'],
  'actions/upload-artifact': ['bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', 'v7.0.0'],
  'azure/login': ['f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca', 'v3.0.1'],
  'azure/setup-azd': ['0b7e3a35ab00f2eee7080c845eb39c3f0ebfa553', 'v2.4.0'],
};

/** Permissions beyond reading the code: workflow, job, permission and the reason. */
const granted = [
  ['deploy.yml', 'what-if', 'id-token: write', 'signs in to preview'],
  ['deploy.yml', 'deploy', 'id-token: write', 'signs in to deploy'],
];

export function* findings(name, source) {
  const lines = source.split('\n');
  const say = (index, text) => `${name}:${index + 1}: ${text}`;

  if (!/^permissions:\n  contents: read\n(?! )/m.test(source)) yield `${name}: the workflow may do more than read, or doesn't say`;

  let job;
  let block;
  let run;
  for (const [index, line] of lines.entries()) {
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    if (indent === 0) block = line;
    if (block === 'jobs:' && indent === 2) job = /^ {2}([\w-]+):/.exec(line)?.[1];
    if (run !== undefined && indent <= run) run = undefined;
    if (/^\s*(- )?run:/.test(line)) run = line.indexOf('run:');

    const uses = /^\s*(?:- )?uses: (\S+)(.*)$/.exec(line);
    if (uses && !uses[1].startsWith('./')) {
      const [action, commit] = uses[1].split('@');
      const pin = pins[action.toLowerCase()];
      if (!/^[0-9a-f]{40}$/.test(commit ?? '')) yield say(index, `${uses[1]} is not pinned by a full commit`);
      else if (!pin) yield say(index, `${action} is in no list of actions`);
      else if (pin[0] !== commit || uses[2].trim() !== `# ${pin[1]}`)
        yield say(index, `${action} is not the commit of ${pin[1]}, or the comment doesn't say so`);
      if (
        action === 'actions/checkout' &&
        !/^\s+with:\s*\n\s+persist-credentials: false$/m.test(lines.slice(index + 1, index + 3).join('\n'))
      )
        yield say(index, 'checkout leaves its token in the work tree');
    }

    const permission = /^\s{6}([\w-]+: write)$/.exec(line)?.[1];
    if (permission && !granted.some(([file, owner, what]) => file === name && owner === job && what === permission))
      yield say(index, `${job} may ${permission}`);
    if (/write-all|read-all/.test(line)) yield say(index, line.trim());
    if (/pull_request_target/.test(line)) yield say(index, "pull_request_target runs strangers' code with our rights");
    if (/\bsecrets[.[]/.test(line)) yield say(index, 'a stored secret where OpenID Connect does');
    // An expression is pasted into the script before the shell reads it; an environment variable is not.
    if (run !== undefined && line.includes('${{')) yield say(index, 'an expression inside a script');
  }

  for (const [, owner, body] of source.slice(source.indexOf('\njobs:')).matchAll(/\n {2}([\w-]+):\n((?: {4}.*\n|\n)*)/g)) {
    if (/^ {4}uses:/m.test(body)) continue;
    if (!/^ {4}timeout-minutes: \d+$/m.test(body)) yield `${name}: ${owner} has no time limit`;
    if (!/^ {4}runs-on: ubuntu-\d+\.04$/m.test(body)) yield `${name}: ${owner} runs on a machine that changes by itself`;
  }
  for (const [file, owner, permission] of granted)
    if (file === name && !new RegExp(`\\n {2}${owner}:\\n(?: {4}.*\\n|\\n)*? {6}${permission}`).test(source))
      yield `${name}: ${owner} no longer needs ${permission}`;
}
