import { type ReactNode, useId, useRef, useState } from 'react';

interface SettingSwitchProps {
  readonly label: string;
  readonly on: boolean;
  /** Has it changed; what fails is the caller's to tell. */
  change(on: boolean): Promise<unknown>;
  /** What it means. */
  readonly children?: ReactNode;
}

/** Something that is on or off. It shows at once what was chosen; whoever turns it quickly gets what was chosen last. */
export function SettingSwitch({ label, on, change, children }: SettingSwitchProps) {
  /** What the person has just chosen, until it holds or was refused. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const turns = useRef(0);
  const id = useId();
  const choose = async (chosen: boolean) => {
    const turn = ++turns.current;
    setWanted(chosen);
    await change(chosen);
    if (turn === turns.current) setWanted(null);
  };
  return (
    <>
      <label className="switch">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
          role="switch"
          checked={wanted ?? on}
          aria-describedby={children === undefined ? undefined : id}
          onChange={(event) => void choose(event.target.checked)}
        />
        {label}
      </label>
      {children !== undefined && (
        <div id={id} className="stack-tight small muted">
          {children}
        </div>
      )}
    </>
  );
}
