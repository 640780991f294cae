import { useTranslation } from 'react-i18next';
import type { Activity } from '../../main/activity/activity.schema.ts';
import type { Outcome } from '../../main/rotation/rotation.schema.ts';
import type { Settings } from '../../preload/contract.ts';
import { listOf } from '../words/list.ts';
import { useSentence } from '../words/sentence.ts';
import { useWho } from '../words/who.ts';

/** Those of which the words here know; a name in an older entry may be another. */
const SETTINGS: Record<keyof Settings, true> = {
  allowScriptedConfirmation: true,
  projectFolders: true,
  rotateEveryDays: true,
  language: true,
  welcomed: true,
};

const OUTCOMES: readonly Outcome[] = ['done', 'done-in-part', 'stopped', 'declined', 'unchanged', 'lost', 'given-up'];

export interface EntryWords {
  readonly who: string;
  /** How a person confirmed it, where that was needed. */
  readonly confirmed: string | null;
  /** What came of it, or what else is noted. */
  readonly more: string | null;
}

/** An entry in the words of the page's language. */
export function useEntryWords(): (entry: Activity) => EntryWords {
  const { t, i18n } = useTranslation();
  const sentence = useSentence();
  const whoOf = useWho();
  /** The settings that were changed are noted by their names in the contract. */
  const detailOf = (kind: Activity['kind'], detail: string | null): string | null => {
    if (detail === null || kind !== 'settings-changed') return detail && sentence(detail);
    const names = detail.split(', ').map((name) => (isSetting(name) ? t(`activity.setting.${name}`) : name));
    return listOf(names, i18n.language);
  };
  return ({ kind, who, by, detail, rotation }) => {
    const outcome = OUTCOMES.find((one) => kind === 'rotation-ended' && one === detail);
    const ofRotation = rotation && by ? by : null;
    return {
      who: ofRotation ? whoOf(ofRotation) : sentence(who),
      confirmed: ofRotation?.approver ? t(`activity.approver.${ofRotation.approver}`) : null,
      more: outcome ? t(`activity.outcome.${outcome}`) : detailOf(kind, detail),
    };
  };
}

function isSetting(name: string): name is keyof Settings {
  return Object.hasOwn(SETTINGS, name);
}
