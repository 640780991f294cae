import type { Command } from './command.ts';
import { activity } from './commands/activity.ts';
import { add } from './commands/add.ts';
import { approvals, deny } from './commands/approvals.ts';
import { approve } from './commands/approve.ts';
import { copies } from './commands/copies.ts';
import { hosts } from './commands/hosts.ts';
import { keychain } from './commands/keychain.ts';
import { list } from './commands/list.ts';
import { mcp } from './commands/mcp.ts';
import { plan } from './commands/plan.ts';
import { redact } from './commands/redact.ts';
import { remove } from './commands/remove.ts';
import { restore } from './commands/restore.ts';
import { resume } from './commands/resume.ts';
import { rotate } from './commands/rotate.ts';
import { scan } from './commands/scan.ts';
import { serve } from './commands/serve.ts';
import { settings } from './commands/settings.ts';
import { status } from './commands/status.ts';
import { verify } from './commands/verify.ts';

/** In the order of `rekey help`. */
export const commands: readonly Command[] = [
  add,
  list,
  hosts,
  scan,
  verify,
  plan,
  rotate,
  approvals,
  approve,
  deny,
  status,
  resume,
  copies,
  redact,
  restore,
  activity,
  remove,
  keychain,
  settings,
  serve,
  mcp,
];
