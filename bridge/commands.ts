import type { Command } from './command.ts';
import { activity } from './commands/activity.ts';
import { add } from './commands/add.ts';
import { adopt } from './commands/adopt.ts';
import { approvals, deny } from './commands/approvals.ts';
import { approve } from './commands/approve.ts';
import { copies } from './commands/copies.ts';
import { copyNew } from './commands/copy-new.ts';
import { giveUp } from './commands/give-up.ts';
import { hosts } from './commands/hosts.ts';
import { keychain } from './commands/keychain.ts';
import { list } from './commands/list.ts';
import { mcp } from './commands/mcp.ts';
import { plan } from './commands/plan.ts';
import { redact } from './commands/redact.ts';
import { remind } from './commands/remind.ts';
import { remove } from './commands/remove.ts';
import { restart } from './commands/restart.ts';
import { restore } from './commands/restore.ts';
import { resume } from './commands/resume.ts';
import { revoke } from './commands/revoke.ts';
import { rotate } from './commands/rotate.ts';
import { scan } from './commands/scan.ts';
import { serve } from './commands/serve.ts';
import { services } from './commands/services.ts';
import { settings } from './commands/settings.ts';
import { status } from './commands/status.ts';
import { undo } from './commands/undo.ts';
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
  adopt,
  copyNew,
  giveUp,
  revoke,
  restart,
  undo,
  copies,
  redact,
  restore,
  activity,
  remind,
  remove,
  keychain,
  services,
  settings,
  serve,
  mcp,
];
