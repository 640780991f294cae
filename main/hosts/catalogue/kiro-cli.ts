import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const kiroCli: Host = {
  id: 'kiro-cli',
  name: 'Kiro CLI and Amazon Q Developer',
  files: [
    { scope: 'user', place: '~/.kiro/settings/mcp.json', format: 'json', tables: servers },
    { scope: 'agent', place: '~/.kiro/agents/*.json', format: 'json', tables: servers },
    { scope: 'project', place: '<project>/.kiro/settings/mcp.json', format: 'json', tables: servers },
    { scope: 'project agent', place: '<project>/.kiro/agents/*.json', format: 'json', tables: servers },
    { scope: 'user (Amazon Q)', place: '~/.aws/amazonq/mcp.json', format: 'json', tables: servers },
    { scope: 'agent (Amazon Q)', place: '~/.aws/amazonq/cli-agents/*.json', format: 'json', tables: servers },
    { scope: 'editor (Amazon Q)', place: '~/.aws/amazonq/default.json', format: 'json', tables: servers },
    { scope: 'editor agent (Amazon Q)', place: '~/.aws/amazonq/agents/*.json', format: 'json', tables: servers },
    { scope: 'project (Amazon Q)', place: '<project>/.amazonq/mcp.json', format: 'json', tables: servers },
    {
      scope: 'project agent (Amazon Q)',
      place: '<project>/.amazonq/cli-agents/*.json',
      format: 'json',
      tables: servers,
    },
    { scope: 'project editor (Amazon Q)', place: '<project>/.amazonq/default.json', format: 'json', tables: servers },
    {
      scope: 'project editor agent (Amazon Q)',
      place: '<project>/.amazonq/agents/*.json',
      format: 'json',
      tables: servers,
    },
  ],
  traces: ['~/.kiro/agents', '~/.aws/amazonq'],
  programs: {
    darwin: ['kiro-cli', 'kiro-cli-chat', 'qchat'],
    linux: ['kiro-cli', 'kiro-cli-chat', 'qchat'],
  },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${env:NAME}', '${NAME}'],
  copies: [],
  known: 'source',
  patchable: 'yes',
  evidence:
    'Not run. Amazon Q: aws/amazon-q-developer-cli crates/chat-cli/src/util/paths.rs, mcp_client/client.rs and ' +
    'docs/agent-format.md; ${env:NAME} is filled in there. Kiro CLI, which took its place: kiro.dev/docs/cli/mcp, ' +
    'with ${NAME}. Agents of projects under .kiro and the files of the Amazon Q extension for editors and the names ' +
    'of the programs are not proven. How it sees a changed file is not known, so a restart is advised.',
};
