import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogFrameProps {
  readonly title: string;
  readonly role?: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
  onClose(): void;
}

/** A question over the page: keeps the focus, closes with Escape, gives the focus back. */
export function DialogFrame({ title, role = 'dialog', children, onClose }: DialogFrameProps) {
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog-box">
        <Dialog className="dialog stack" role={role}>
          <Heading slot="title" level={2} className="dialog-title">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
