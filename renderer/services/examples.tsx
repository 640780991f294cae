import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ServiceList } from '../../main/providers/described/service.schema.ts';
import { Icon } from '../look/icons.tsx';
import { useSentence } from '../words/sentence.ts';

interface ExamplesProps {
  readonly examples: ServiceList['examples'];
  onLook(name: string, text: string): void;
}

/** Descriptions of made-up services, to look at and to begin with. */
export function Examples({ examples, onLook }: ExamplesProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <Disclosure className="disclosure">
      <Button slot="trigger" className="disclosure-trigger">
        <Icon name="chevron" />
        {t('services.examples')}
      </Button>
      <DisclosurePanel>
        <p className="small muted">{t('services.examplesWhat')}</p>
        <ul className="service-examples">
          {examples.map(({ name, about, text }) => {
            const words = t(`services.example.${name}`, { defaultValue: sentence(about) });
            return (
              <li key={name} className="row">
                <span className="setting-words">{words}</span>
                <Button
                  className="button"
                  aria-label={t('services.lookLabel', { name: words })}
                  onPress={() => onLook(words, text)}
                >
                  {t('services.look')}
                </Button>
              </li>
            );
          })}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
}
