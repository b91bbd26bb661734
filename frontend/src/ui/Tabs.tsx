import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

export interface Tab {
  key: string;
  label: string;
  body: () => ReactNode;
}

interface Props {
  label: string;
  tabs: Tab[];
  chosen: string;
  onChoose: (key: string) => void;
}

export function Tabs({ label, tabs, chosen, onChoose }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(0, tabs.findIndex((t) => t.key === chosen));
  const move = (e: KeyboardEvent) => {
    const step = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const next = (at + step + tabs.length) % tabs.length;
    onChoose(tabs[next]!.key);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="stack">
      <div ref={list} className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map((t, i) => (
          <button key={t.key} type="button" role="tab" id={`${id}-${t.key}`} aria-selected={i === at} aria-controls={`${id}-panel`} tabIndex={i === at ? 0 : -1} onClick={() => onChoose(t.key)}>
            {t.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tabs[at]?.key}`}>
        {tabs[at]?.body()}
      </div>
    </div>
  );
}
