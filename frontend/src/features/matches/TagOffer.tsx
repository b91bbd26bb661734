import { useAct } from "../../client/act";
import { body, client } from "../../client/setup";
import { useState } from "react";
import type { OfferedTag } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import "./matches.css";

interface Kind {
  chosen: string[];
  /** Is there no room for another? */
  full?: boolean;
  onAdd: (code: string) => void;
}

interface Props {
  /** What is written so far. */
  text: string;
  domains?: Kind;
  capabilities?: Kind;
}

/** Tags that a text seems to be about, each with why. Nothing is added but by a click. */
export function TagOffer({ text, domains, capabilities }: Props) {
  const m = useMatchText().tags;
  const offer = useAct(async () => body(await client.POST("/api/v1/matches/tags", { body: { text: text.trim().slice(0, 20_000) } })));
  const [found, setFound] = useState<Awaited<ReturnType<typeof offer.run>>>();
  const none = found && (!domains || found.domains.length === 0) && (!capabilities || found.capabilities.length === 0);
  return (
    <div className="tag-offer">
      <div className="row">
        <Button small busy={offer.pending} disabled={!text.trim()} onClick={() => void offer.run().then((x) => x && setFound(x))}>
          {found ? m.again : m.go}
        </Button>
        <span className="muted small">{text.trim() ? m.hint : m.noText}</span>
      </div>
      <ErrorNote failure={offer.problem} />
      <div aria-live="polite" className="stack tight">
        {none && <p className="muted small">{m.none}</p>}
        {found && domains && found.domains.length > 0 && <Chips title={m.domains} offered={found.domains} {...domains} />}
        {found && capabilities && found.capabilities.length > 0 && <Chips title={m.capabilities} offered={found.capabilities} {...capabilities} />}
      </div>
    </div>
  );
}

function Chips({ title, offered, chosen, full, onAdd }: Kind & { title: string; offered: OfferedTag[] }) {
  const { t, language } = useLanguage();
  const m = useMatchText().tags;
  return (
    <div className="stack tight">
      <span className="small muted">{title}</span>
      <ul className="chips">
        {offered.map((x) => {
          const name = named(x, language);
          const has = chosen.includes(x.code);
          return (
            <li key={x.code}>
              <button type="button" className="chip" disabled={has || full} aria-label={m.add(name)} title={full && !has ? m.full : undefined} onClick={() => onAdd(x.code)}>
                <span>
                  {has ? "✓ " : "+ "}
                  {name} <small>{has ? m.added : m.sure(Math.round(x.confidence * 100))}</small>
                </span>
                <small>{x.because.length ? m.because(x.because.join(t.ui.comma)) : m.whole}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
