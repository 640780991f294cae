import { expect, type Page } from 'playwright/test';
import { changed, exampleText } from '../providers/described/example.ts';
import { agent, type PageUnderTest } from './page-test.ts';
import { manyCredentials } from './scripted/credentials.ts';
import { claudeDesktopFile } from './scripted/hosts.ts';
import { BY_HAND, OVERLAP, UNDO } from './scripted/plan.ts';
import { ends, rotationOf } from './scripted/rotation.ts';

/** What the menu of a key offers. */
async function choose(page: Page, key: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for “${key}”` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Every page in every state that looks different: how to get there. */
export const STATES: Record<string, (rekey: PageUnderTest, page: Page) => Promise<void>> = {
  keys: async (rekey) => {
    rekey.core.changeCredential('logs production', { state: 'needs-you', rotationId: 'x' });
    await rekey.open();
  },
  'keys-many': async (rekey, page) => {
    rekey.core.credentials = manyCredentials(1_000);
    await rekey.open();
    await expect(page.getByRole('heading', { name: 'key 1', exact: true })).toBeVisible();
  },
  'keys-empty': async (rekey) => {
    rekey.core.credentials = [];
    await rekey.open();
  },
  'keys-locked': async (rekey) => {
    rekey.core.keychain = { kind: 'file', status: 'locked', problem: null };
    rekey.core.credentials = rekey.core.credentials.map((one) => ({ ...one, state: 'locked' }));
    await rekey.open();
  },
  'keys-no-keychain': async (rekey) => {
    rekey.core.keychain = { kind: null, status: 'absent', problem: null };
    rekey.core.credentials = [];
    await rekey.open();
  },
  'keys-keychain-failed': async (rekey) => {
    const problem = {
      code: 'keychain-failed',
      message: 'The keychain of this machine can’t be used. Nothing was stored.',
      wayOut: 'Unlock the keychain, then try again.',
    };
    rekey.core.keychain = { kind: 'os', status: 'failed', problem };
    await rekey.open();
  },
  'keys-busy': async (rekey) => {
    const approval = rekey.core.ask(agent);
    rekey.core.putRotation(ends['done-in-part'](rekey.core.ask(agent, 'market')));
    rekey.core.putRotation(rotationOf(rekey.core.ask(agent, 'wallet'), 'answered'));
    rekey.core.approvals = [approval];
    rekey.core.changeCredential('wallet', { state: 'rotating', rotationId: 'x' });
    rekey.core.changeCredential('market', { state: 'needs-you', rotationId: 'y' });
    rekey.core.notices = [
      {
        code: 'file-set-aside',
        message:
          'Rekey could not read its file settings.json and moved it to settings.json.unreadable. Nothing in it was changed or deleted.',
        wayOut: 'If Rekey was updated backwards, install the newer version again and move the file back.',
      },
    ];
    await rekey.open();
  },
  'keys-verified': async (rekey, page) => {
    await rekey.open();
    for (const name of ['work', 'market']) {
      await page.getByRole('button', { name: `More for “${name}”` }).click();
      await page.getByRole('menuitem', { name: 'Verify' }).click();
    }
    await expect(page.getByText('refuses this key')).toBeVisible();
  },
  'keys-menu': async (rekey, page) => {
    await rekey.open();
    await page.getByRole('button', { name: 'More for “wallet”' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
  },
  'keys-due': async (rekey) => {
    rekey.core.makeDue('work', 93);
    await rekey.open();
  },
  reminder: async (rekey, page) => {
    for (const name of ['work', 'market']) rekey.core.makeDue(name, 93);
    await rekey.open();
    await choose(page, 'work', 'Reminder…');
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'add-key': async (rekey, page) => {
    await rekey.open();
    await page.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('button', { name: /Service/ }).click();
    await page.getByRole('option', { name: 'a2amarket' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add key' }).click();
    await expect(page.getByText('Give the key a name.')).toBeVisible();
  },
  'remove-key': async (rekey, page) => {
    await rekey.open();
    await choose(page, 'work', 'Remove…');
    await expect(page.getByRole('alertdialog')).toBeVisible();
  },
  'remove-only-copy': async (rekey, page) => {
    await rekey.open();
    await choose(page, 'market', 'Remove…');
    await page.getByRole('alertdialog').getByRole('textbox').fill('market');
  },
  several: async (rekey, page) => {
    await rekey.open();
    await page.getByRole('button', { name: 'Rotate several…' }).click();
    await page.getByRole('checkbox', { name: 'work' }).check();
  },
  'confirm-several': async (rekey, page) => {
    const problem = {
      code: 'keychain-locked',
      message: 'The keychain is locked. Nothing was changed.',
      wayOut: 'Unlock the keychain.',
    };
    rekey.core.unplannable.set('wallet', problem);
    const { approvals } = rekey.core.askTogether(agent, ['work', 'wallet', 'market', 'logs production']);
    rekey.core.changeApproval(approvals[2]?.id ?? '', { state: 'withdrawn' });
    await rekey.openConfirmation(approvals[0]?.id ?? '');
    for (const name of ['work', 'market']) await page.getByText(`Every step and change for “${name}”`).click();
    await expect(page.getByText('Changes to files')).toHaveCount(2);
  },
  'confirmed-several': async (rekey, page) => {
    rekey.core.cannotBegin.set('wallet', {
      code: 'rotation-running',
      message: 'A rotation of “wallet” has not ended yet. Nothing was changed.',
      wayOut: 'Wait until it is done.',
    });
    rekey.core.stepMs = 60_000;
    const { approvals } = rekey.core.askTogether(agent, ['work', 'wallet', 'market']);
    await rekey.openConfirmation(approvals[0]?.id ?? '');
    await page.getByRole('checkbox', { name: 'market' }).uncheck();
    await page.getByRole('button', { name: 'Rotate all 2 keys' }).click();
    await expect(page.getByText('Could not begin')).toBeVisible();
  },
  key: async (rekey) => {
    await rekey.open(`#/keys/${rekey.core.credentials[0]?.id}`);
    await expect(rekey.page.getByRole('heading', { name: 'Changes to files' })).toBeVisible();
  },
  welcome: async (rekey, page) => {
    rekey.core.changeSettings({ welcomed: false });
    rekey.core.credentials = [];
    await rekey.open();
    await page.getByRole('button', { name: 'Look for keys' }).click();
    await expect(page.getByText(/were found in plain text/)).toBeVisible();
  },
  practice: async (rekey, page) => startPractice(rekey, page, 'A file can’t be written'),
  'practice-rotation': async (rekey, page) => {
    await startPractice(rekey, page, 'The service breaks the connection');
    if (rekey.core.inPractice) rekey.core.inPractice.ending = 'lost';
    await page.getByRole('button', { name: 'Rotate “practice”…' }).click();
    await page.getByRole('button', { name: 'Rotate “practice”', exact: true }).click();
    await expect(page.getByLabel('New key', { exact: true })).toBeVisible();
    await page.getByRole('checkbox', { name: 'Show the keys in full' }).check();
  },
  hosts: async (rekey) => rekey.open('#/hosts'),
  connect: async (rekey, page) => {
    await rekey.open('#/hosts');
    await page.getByRole('switch', { name: 'Rekey’s own server in Cursor' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  },
  'hosts-versions': async (rekey, page) => {
    await rekey.open('#/hosts');
    await page.getByRole('button', { name: `Earlier versions of ${claudeDesktopFile}…` }).click();
    // Also where the window is narrow.
    await page.setViewportSize({ width: 360, height: 800 });
    await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  },
  'hosts-restore': async (rekey, page) => {
    await rekey.open('#/hosts');
    await page.getByRole('button', { name: `Earlier versions of ${claudeDesktopFile}…` }).click();
    await page
      .getByRole('button', { name: /^Restore the version of/ })
      .first()
      .click();
    await expect(page.getByRole('button', { name: 'Restore', exact: true })).toBeVisible();
  },
  'hosts-restored': async (rekey, page) => {
    rekey.core.restoredKeys = {
      left: [
        { why: 'in-comment', credential: 'work', server: null, line: 3 },
        { why: 'unknown-key', credential: null, server: 'logs', line: 12 },
      ],
    };
    await rekey.open('#/hosts');
    await page.getByRole('button', { name: `Earlier versions of ${claudeDesktopFile}…` }).click();
    await page
      .getByRole('button', { name: /^Restore the version of/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(page.getByRole('dialog').getByRole('status')).toBeVisible();
  },
  'hosts-scanned': async (rekey, page) => {
    await rekey.open('#/hosts');
    await page.getByRole('button', { name: 'Look for keys' }).click();
    await page.getByText('5 keys were found').scrollIntoViewIfNeeded();
  },
  'take-in': async (rekey, page) => {
    await rekey.open('#/hosts');
    await page.getByRole('button', { name: 'Look for keys' }).click();
    await page.getByRole('button', { name: /^Take in/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  redact: async (rekey, page) => {
    await rekey.open('#/hosts');
    await page.getByRole('button', { name: /^Redact “work” in/ }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  },
  'delete-copy': async (rekey, page) => {
    await rekey.open('#/hosts');
    await page.getByRole('button', { name: /^Delete .*backup/ }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  },
  'hosts-none': async (rekey) => {
    rekey.core.hosts = [];
    rekey.core.backups = [];
    await rekey.open('#/hosts');
  },
  activity: async (rekey) => rekey.open('#/activity'),
  'activity-places': async (rekey, page) => {
    await rekey.open('#/activity');
    await page.getByText('3 places').click();
    await expect(page.getByText('left to do (')).toBeVisible();
  },
  'activity-table': async (rekey, page) => {
    await rekey.open('#/activity');
    await page.getByRole('radio', { name: /^(Table|表格)$/ }).click();
    await expect(page.getByRole('table')).toBeVisible();
  },
  'activity-none': async (rekey) => {
    rekey.core.activity = [];
    await rekey.open('#/activity');
  },
  settings: async (rekey, page) => {
    const long = '/home/sam/projects/a-client-with-a-long-name/a-repository-with-a-long-name/packages/server';
    rekey.core.settings = {
      allowScriptedConfirmation: true,
      projectFolders: ['/home/sam/shop', long],
      rotateEveryDays: 60,
      language: 'system',
      welcomed: true,
    };
    await rekey.open('#/settings');
    await page.getByRole('textbox', { name: 'Folder' }).fill('shop');
    await page.getByRole('button', { name: 'Add folder' }).click();
    await expect(page.getByText('Enter the whole path')).toBeVisible();
  },
  'settings-bare': async (rekey, page) => {
    rekey.core.settings = {
      allowScriptedConfirmation: false,
      projectFolders: [],
      rotateEveryDays: 0,
      language: 'system',
      welcomed: true,
    };
    rekey.core.keychain = { kind: 'file', status: 'locked', problem: null };
    await rekey.open('#/settings');
    await expect(page.getByText('No folder was added.')).toBeVisible();
  },
  'settings-failed': async (rekey, page) => {
    const problem = { code: 'x', message: 'The keychain of this machine can’t be used.', wayOut: 'Try again.' };
    rekey.core.keychain = { kind: 'os', status: 'failed', problem };
    rekey.core.failing.set('changeSettings', {
      code: 'storage-full',
      message: 'Rekey can’t read its file settings.json (EACCES). Nothing was changed.',
      wayOut: 'Mend the rights on the file, then try again.',
    });
    await rekey.open('#/settings');
    await page.getByRole('switch').click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  services: async (rekey, page) => {
    rekey.core.services.texts.set('quill-mail', exampleText('in-place'));
    rekey.core.services.texts.set('lantern-search', exampleText('by-hand'));
    rekey.core.services.usedBy.set('lantern-search', ['search', 'other']);
    const problems = [{ line: 2, field: 'version', message: 'must be 1' }];
    rekey.core.services.broken = [{ id: 'broken', file: '/home/sam/services/broken.json', text: '{}', problems }];
    await rekey.open('#/settings');
    await page.getByRole('button', { name: 'Examples of descriptions' }).click();
    await expect(page.getByRole('button', { name: /^Look at it: / })).toHaveCount(3);
  },
  'describe-service': async (rekey, page) => {
    await rekey.open('#/settings');
    await page.getByRole('button', { name: 'Describe a service…' }).click();
    await page.getByRole('button', { name: 'Ask the service about a key' }).click();
    await page.getByRole('button', { name: 'Save service' }).click();
    await expect(page.getByText('Give the name of the service.')).toBeVisible();
  },
  'service-described-wrong': async (rekey, page) => {
    await rekey.open('#/settings');
    await page.getByRole('button', { name: 'Take in a description…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('textbox')
      .fill(changed('in-place', { version: 3 }));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  },
  'remove-service': async (rekey, page) => {
    rekey.core.services.texts.set('lantern-search', exampleText('by-hand'));
    rekey.core.services.usedBy.set('lantern-search', ['search']);
    await rekey.open('#/settings');
    await page.getByRole('button', { name: 'Remove the description of Lantern Search…' }).click();
    await page.getByRole('button', { name: 'Remove Lantern Search' }).click();
    await expect(page.getByRole('alertdialog').getByRole('alert')).toBeVisible();
  },
  'not-found': async (rekey) => rekey.open('#/nothing'),
  'signed-out': async (rekey, page) => {
    await page.goto(rekey.url);
    await expect(page.getByRole('heading', { name: 'Open Rekey again' })).toBeVisible();
  },
  confirmation: async (rekey, page) => {
    await rekey.open();
    await page.getByRole('button', { name: 'Rotate “work”…' }).click();
    await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
  },
  'confirmation-agent': async (rekey, page) => {
    await rekey.openConfirmation(rekey.core.ask(agent, 'wallet').id);
    await expect(page.getByRole('button', { name: 'Rotate “wallet”' })).toBeEnabled();
  },
  'restart-dialog': async (rekey, page) => {
    await rekey.open(`#/rotation/${rekey.core.putRotation(rotationOf(rekey.core.ask(agent), 'ended')).id}`);
    await page.getByRole('button', { name: /Claude Desktop…$/ }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  },
  'confirmation-restarts': async (rekey, page) => {
    const { id, plan } = rekey.core.ask(agent);
    rekey.core.changeApproval(id, { plan: { ...plan, hosts: plan.hosts.map((host) => ({ ...host, running: true })) } });
    await rekey.openConfirmation(id);
    await expect(page.getByRole('checkbox', { name: 'Quit Claude Desktop' })).toBeVisible();
  },
  'confirmation-by-hand': async (rekey, page) => {
    await rekey.openConfirmation(rekey.core.ask(agent, 'work', null, BY_HAND).id);
    await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
  },
  'confirmation-grace': async (rekey, page) => {
    await rekey.openConfirmation(rekey.core.ask(agent, 'work', null, OVERLAP).id);
    await page.getByRole('radio', { name: '1 week' }).check();
  },
  'confirmation-undo': async (rekey, page) => {
    await rekey.openConfirmation(rekey.core.ask(agent, 'work', null, UNDO).id);
    await expect(page.getByRole('button', { name: 'Go back to the earlier key' })).toBeEnabled();
  },
  'keys-old-keys': async (rekey, page) => {
    for (const [name, end] of [
      ['work', 'grace'],
      ['wallet', 'held'],
      ['market', 'to-revoke-by-hand'],
    ] as const)
      rekey.core.putRotation(ends[end](rekey.core.ask(agent, name)));
    rekey.core.approvals = [];
    await rekey.open();
    await expect(page.getByText('The old key is not revoked yet')).toBeVisible();
  },
  'paste-refused': async (rekey, page) => {
    const rotation = rekey.core.putRotation(ends.lost(rekey.core.ask(agent)));
    rekey.core.approvals = [];
    await rekey.open(`#/rotation/${rotation.id}`);
    await page.getByLabel('New key', { exact: true }).fill('sk-live-refused');
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByRole('checkbox')).toBeVisible();
  },
  'revoke-dialog': async (rekey, page) => {
    const rotation = rekey.core.putRotation(ends.held(rekey.core.ask(agent)));
    rekey.core.approvals = [];
    await rekey.open(`#/rotation/${rotation.id}`);
    await page.getByRole('button', { name: 'Revoke the old key now…' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  },
  'give-up-dialog': async (rekey, page) => {
    const rotation = rekey.core.putRotation(ends['in-doubt'](rekey.core.ask(agent)));
    rekey.core.approvals = [];
    await rekey.open(`#/rotation/${rotation.id}`);
    await page.getByRole('button', { name: 'Give up…' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  },
  'confirmation-denied': async (rekey, page) => {
    const { id } = rekey.core.ask(agent);
    rekey.core.changeApproval(id, { state: 'denied' });
    await rekey.openConfirmation(id);
    await expect(page.getByText('Cancelled')).toBeVisible();
  },
  'confirmation-running': async (rekey, page) => {
    const approval = rekey.core.changeApproval(rekey.core.ask(agent).id, { state: 'approved', rotationId: 'r' });
    rekey.core.putRotation({ ...rotationOf(approval, 'staged'), id: 'a6f1f0f0-7d4c-4a3e-9c55-0d6d5b1e2f00' });
    rekey.core.changeApproval(approval.id, { rotationId: 'a6f1f0f0-7d4c-4a3e-9c55-0d6d5b1e2f00' });
    await rekey.openConfirmation(approval.id);
    await expect(page.getByText('in progress')).toBeVisible();
  },
  ...Object.fromEntries(
    (Object.keys(ends) as (keyof typeof ends)[]).map((end) => [
      `rotation-${end}`,
      async (rekey: PageUnderTest, page: Page) => {
        const approval = rekey.core.ask(agent);
        rekey.core.approvals = [];
        const rotation = rekey.core.putRotation(ends[end](approval));
        await rekey.open(`#/rotation/${rotation.id}`);
        await expect(page.getByRole('heading', { name: 'Progress' })).toBeVisible();
      },
    ]),
  ),
};

async function startPractice(rekey: PageUnderTest, page: Page, trouble: string): Promise<void> {
  await rekey.open('#/practice');
  await page.getByRole('radio', { name: trouble }).check();
  await page.getByRole('button', { name: 'Start practice' }).click();
  await expect(page.getByRole('button', { name: 'Rotate “practice”…' })).toBeVisible();
}
