import type { ReactNode } from "react";
import { api, call } from "../../client/setup";
import { saveAs } from "../../client/upload";
import { useText } from "../../text/text";
import { FileLink } from "../../ui/FileLink";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { Section } from "../../ui/Section";

const prose = ["route", "schedule", "risks", "conversion"] as const;

/** A bid as an expert reads it who must not learn whose it is. */
export function BlindBid({ assignment, promises }: { assignment: string; promises: ReactNode }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/assignments/{id}/bid", { params: { path: { id: assignment } } }, { refetchOnWindowFocus: false });
  const get = async (file: { id: string; name: string }) => {
    const response = await call(new Request(new URL(`/api/v1/assignments/${assignment}/files/${file.id}`, location.origin)));
    saveAs(await response.blob(), file.name);
  };
  return (
    <Loaded query={query}>
      {(b) => (
        <div className="stack loose">
          <p className="note">{t.scoring.blindNote}</p>
          <Section title={t.bid.responses}>{promises}</Section>
          {prose.map(
            (key) =>
              b[key] && (
                <Section key={key} title={t.bid[key]}>
                  <p className="prose">{b[key]}</p>
                </Section>
              ),
          )}
          <Section title={t.bid.budget}>
            <dl className="pairs card">
              <dt>{t.bid.quote}</dt>
              <dd>
                <Money fen={b.quote_fen} />
              </dd>
              <dt>{t.bid.equipment}</dt>
              <dd>
                <Money fen={b.budget.equipment_fen ?? 0} />
              </dd>
              <dt>{t.bid.business}</dt>
              <dd>
                <Money fen={b.budget.business_fen ?? 0} />
              </dd>
              <dt>{t.bid.labour}</dt>
              <dd>
                <Money fen={b.budget.labour_fen ?? 0} />
              </dd>
              <dt>{t.bid.ip}</dt>
              <dd>{b.ip_accept ? t.bid.ipAccept : b.ip_counter || t.ui.none}</dd>
            </dl>
          </Section>
          {b.files.length > 0 && (
            <Section title={t.scoring.files}>
              <ul className="plain-list">
                {b.files.map((f) => (
                  <li key={f.no}>
                    <FileLink file={{ id: String(f.no), name: f.name, size: f.size }} get={get} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
      )}
    </Loaded>
  );
}
