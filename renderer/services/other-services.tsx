import { useEffect, useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ServiceView } from '../../main/providers/described/service.schema.ts';
import { useSay } from '../app/say.tsx';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { DescribeDialog } from './describe-dialog.tsx';
import { DescriptionDialog } from './description-dialog.tsx';
import { Examples } from './examples.tsx';
import { RemoveServiceDialog } from './remove-service-dialog.tsx';
import { BrokenRow, ServiceRow } from './service-rows.tsx';

/** What stands over the page. */
type Open =
  | { readonly dialog: 'form' }
  | { readonly dialog: 'text'; readonly title: string | null; readonly text: string; readonly changes?: string }
  | { readonly dialog: 'remove'; readonly id: string; readonly name: string };

/** The services that the person has described, and the ways to describe one. */
export function OtherServices() {
  const { t } = useTranslation();
  const say = useSay();
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const { value: known, failure } = useAnswer('listServices');
  const [open, setOpen] = useState<Open | null>(null);
  const [removals, setRemovals] = useState(0);
  // The button that was pressed has gone with its service, and the focus must be somewhere.
  useEffect(() => {
    if (removals > 0) title.current?.focus();
  }, [removals]);
  const close = (): void => setOpen(null);
  const saved = ({ name }: ServiceView): void => {
    close();
    say(t('services.saved', { name }));
  };
  const change = (service: { id: string; name: string; text: string | null }): void =>
    setOpen({
      dialog: 'text',
      title: t('services.changeTitle', { name: service.name }),
      text: service.text ?? '',
      changes: service.id,
    });
  const isEmpty = known !== null && known.services.length + known.broken.length === 0;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} ref={title} tabIndex={-1}>
        {t('services.title')}
      </h2>
      <div className="panel">
        <div className="setting stack-tight">
          <p>{t('services.what')}</p>
          {failure && <FailureNotice failure={failure} />}
        </div>
        {isEmpty && <p className="setting muted">{t('services.none')}</p>}
        {known && !isEmpty && (
          <ul className="services" aria-label={t('services.list')}>
            {known.services.map((service) => (
              <ServiceRow
                key={service.id}
                service={service}
                onChange={() => change(service)}
                onRemove={() => setOpen({ dialog: 'remove', id: service.id, name: service.name })}
              />
            ))}
            {known.broken.map((service) => (
              <BrokenRow
                key={service.file}
                service={service}
                onChange={() => change({ ...service, name: service.id })}
                onRemove={() => setOpen({ dialog: 'remove', id: service.id, name: service.id })}
              />
            ))}
          </ul>
        )}
        <div className="setting row">
          <Button className="button" onPress={() => setOpen({ dialog: 'form' })}>
            <Icon name="plus" />
            {t('services.describe')}
          </Button>
          <Button className="button" onPress={() => setOpen({ dialog: 'text', title: null, text: '' })}>
            <Icon name="file" />
            {t('services.takeIn')}
          </Button>
        </div>
        {known && (
          <div className="setting">
            <Examples
              examples={known.examples}
              onLook={(name, text) => setOpen({ dialog: 'text', title: name, text })}
            />
          </div>
        )}
      </div>
      {open?.dialog === 'form' && <DescribeDialog onClose={close} onSaved={saved} />}
      {open?.dialog === 'text' && (
        <DescriptionDialog
          title={open.title ?? t('services.formTitle')}
          text={open.text}
          {...(open.changes !== undefined && { changes: open.changes })}
          onClose={close}
          onSaved={saved}
        />
      )}
      {open?.dialog === 'remove' && (
        <RemoveServiceDialog
          id={open.id}
          name={open.name}
          onClose={close}
          onRemoved={() => {
            close();
            setRemovals(removals + 1);
            say(t('services.removed', { name: open.name }));
          }}
        />
      )}
    </section>
  );
}
