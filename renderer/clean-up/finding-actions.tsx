import type { Finding } from '../../main/rotation/plan.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { CopyButtons } from './copy-buttons.tsx';
import { RedactButton } from './redact-button.tsx';

/** What can be done about something that a rotation has left as it is, as long as it still stands there. */
export function FindingActions({ finding, credential }: { finding: Finding; credential: string }) {
  const hosts = useAnswer('listHosts').value ?? [];
  if (finding.kind === 'copy') {
    const copies = hosts.flatMap((host) => host.copies);
    const copy = copies.find((one) => one.path === finding.file && one.credential === credential);
    return copy ? <CopyButtons copy={copy} /> : null;
  }
  if (finding.kind !== 'in-comment' && finding.kind !== 'outside-server-table') return null;
  const there = hosts
    .flatMap((host) => host.outside)
    .filter((key) => key.file === finding.file && key.credential === credential);
  if (there.length === 0) return null;
  const holds = { earlier: there.some((key) => key.isEarlier), current: there.some((key) => !key.isEarlier) };
  return <RedactButton file={finding.file} credential={credential} holds={holds} />;
}
