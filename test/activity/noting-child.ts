import { ActivityLog } from '../../main/activity/activity-log.ts';

// Notes one entry after the other, and tells its parent of each that is on disk, until it is killed.
const [path = '', firstText = '0'] = process.argv.slice(2);
const log = new ActivityLog(path, () => new Date());
// Longer than what one write takes, so that a kill can tear it.
const long = 'x'.repeat(4_000_000);
process.on('disconnect', () => process.exit());
for (let count = Number(firstText); ; count++) {
  await log.add({
    kind: 'credential-verified',
    credential: 'work',
    rotationId: null,
    who: 'page',
    detail: `${count} ${long}`,
  });
  process.send?.(count);
}
