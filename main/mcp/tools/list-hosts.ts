import { z } from 'zod';
import { type HostView, ReloadSchema } from '../../hosts/host.schema.ts';
import { shortened } from '../arguments.ts';
import { defineTool } from '../tool.ts';

const HostDataSchema = z.strictObject({
  name: z.string(),
  running: z.boolean().nullable().describe('null where that could not be found out'),
  reload: ReloadSchema.describe('When it sees a changed file'),
  files: z.array(z.strictObject({ path: z.string(), problem: z.string().nullable() })),
  servers: z.array(z.strictObject({ name: z.string(), file: z.string() })),
  keys: z
    .array(
      z.strictObject({
        credential: z.string(),
        file: z.string(),
        line: z.number().int(),
        server: z.string().nullable(),
      }),
    )
    .describe('Where a key of Rekey stands'),
  copies: z.array(z.string()).describe('Copies that the host made of its file, which hold a key too'),
});

export const listHosts = defineTool({
  name: 'list_hosts',
  title: 'List MCP hosts',
  description:
    'Lists the programs on this machine that start MCP servers, their config files, and where the keys of Rekey stand ' +
    'in them. Use it to answer where a key is used. The files are only read; do not edit keys in them yourself: a ' +
    'rotation does that.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({}),
  data: z.strictObject({ ok: z.literal(true), hosts: z.array(HostDataSchema) }),
  async run(_input, { api }) {
    const shown = (await api.call('listHosts', {})).filter((host) => host.hasSomething);
    const places = shown.reduce((sum, host) => sum + host.sites.length, 0);
    const hosts = shown.map(hostData);
    return {
      headline: `${count(shown.length, 'host')} on this machine; keys of Rekey stand in ${count(places, 'place')}.`,
      data: { ok: true, hosts: hosts.map(({ data }) => data) },
      truncated: hosts.some(({ truncated }) => truncated),
    };
  },
});

function hostData(host: HostView): { data: z.input<typeof HostDataSchema>; truncated: boolean } {
  const files = shortened(host.files.filter(({ exists }) => exists));
  const servers = shortened(host.servers);
  const sites = shortened(host.sites);
  const copies = shortened(host.copies);
  return {
    data: {
      name: host.name,
      running: host.running,
      reload: host.reload,
      files: files.shown.map(({ path, problem }) => ({
        path,
        problem: problem && `${problem.message} ${problem.wayOut}`,
      })),
      servers: servers.shown.map(({ name, file }) => ({ name, file })),
      keys: sites.shown.map(({ credential, file, line, server }) => ({ credential, file, line, server })),
      copies: copies.shown.map(({ path }) => path),
    },
    truncated: [files, servers, sites, copies].some(({ truncated }) => truncated),
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
