import type { HostView } from '../../main/hosts/host.schema.ts';
import { sourceText } from '../../main/mcp/words.ts';
import type { Command } from '../command.ts';
import { line } from '../text/line.ts';

export const hosts: Command = {
  name: 'hosts',
  usage: 'hosts',
  summary: 'list the programs that start MCP servers, and where the keys stand in their files',
  options: {},
  words: [0, 0],
  async run(_args, { core }) {
    const found = await (await core()).call('listHosts', {});
    const shown = found.filter((host) => host.hasSomething);
    return {
      json: found,
      text: shown.length === 0 ? 'No MCP host was found.' : shown.map(hostText).join('\n\n'),
    };
  },
};

function hostText(host: HostView): string {
  const running = host.running === null ? '' : host.running ? ', running' : ', not running';
  return [
    line`${host.name}${running}`,
    ...(host.byHand ? [line`  ${host.byHand.why} ${host.byHand.todo}`] : []),
    ...host.files
      .filter(({ exists }) => exists)
      .map(({ path, problem }) => (problem ? line`  ${path}: ${problem.message}` : line`  ${path}`)),
    ...host.sites.map((site) => line`    “${site.credential}” in line ${site.line} of ${site.file}`),
    ...host.references.map(
      (reference) =>
        line`    ${reference.name} refers to ${reference.expression} in ${reference.file}. ${sourceText(reference.source)}`,
    ),
    ...host.outside.map(
      ({ credential, isEarlier, file, line: at }) =>
        line`    ${isEarlier ? 'an earlier key of ' : ''}“${credential}” outside the servers, in line ${at} of ${file}`,
    ),
    ...host.copies.map((copy) => line`    “${copy.credential}” in a copy: ${copy.path}`),
  ].join('\n');
}
