import { useTranslation } from 'react-i18next';
import type { ActivityEntry as Entry } from '../../main/activity/activity.schema.ts';
import { useNow } from '../words/use-now.ts';
import { ActivityEntry } from './activity-entry.tsx';
import { dayOf, days } from './days.ts';

const DAY_MS = 24 * 60 * 60_000;

interface ActivityDaysProps {
  /** Newest first. */
  readonly entries: readonly Entry[];
  /** Of the headings. */
  readonly level: 2 | 3;
}

/** What was done, day by day. */
export function ActivityDays({ entries, level }: ActivityDaysProps) {
  return days(entries).map(({ day, entries: ofDay }) => <Day key={day} day={day} entries={ofDay} level={level} />);
}

interface DayProps {
  readonly day: string;
  readonly entries: readonly Entry[];
  readonly level: 2 | 3;
}

function Day({ day, entries, level }: DayProps) {
  const { t, i18n } = useTranslation();
  const now = useNow(60_000);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full' }).format(new Date(`${day}T12:00:00`));
  const known = {
    [dayOf(new Date(now))]: t('activity.today'),
    [dayOf(new Date(now - DAY_MS))]: t('activity.yesterday'),
  };
  const Heading = `h${level}` as const;
  return (
    <section aria-labelledby={`day-${day}`}>
      <Heading id={`day-${day}`}>{known[day] ?? date}</Heading>
      <ul className="panel lines">
        {entries.map((entry) => (
          <ActivityEntry key={entry.position} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
