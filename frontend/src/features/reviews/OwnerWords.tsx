import { useState } from "react";
import { useAct } from "../../client/act";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { OwnerWordOnBid } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Check, NumberInput, TextArea } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** What the owner thinks of each bid: points, or a veto with its reason. And, where he selects, his choice. */
export function OwnerWords({ challenge }: { challenge: string }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/satisfaction", { params: { path: { id: challenge } } });
  const [word, setWord] = useState<OwnerWordOnBid>();
  const [choice, setChoice] = useState<OwnerWordOnBid>();
  return (
    <Loaded query={query}>
      {(words) => (
        <div className="stack">
          <p className="muted small">{words.asked ? t.owner.asked(words.weight) : t.owner.notAsked}</p>
          <Table
            label={t.owner.title}
            rows={words.items}
            id={(w) => w.bid}
            empty={<Empty title={t.owner.none} />}
            columns={[
              { key: "bid", head: t.kinds.bid!, cell: (w) => `${w.bid_code} · ${w.team}` },
              {
                key: "points",
                head: t.owner.points,
                right: true,
                cell: (w) => (w.veto ? <StateTag tone="bad" label={t.owner.vetoed} /> : w.given ? w.points : <span className="muted">{t.owner.waiting}</span>),
              },
              { key: "reason", head: t.reason, cell: (w) => w.reason || t.ui.none },
              {
                key: "do",
                head: t.ui.actions,
                bare: true,
                cell: (w) => (
                  <span className="row">
                    {w.choice && <StateTag tone="good" label={t.owner.chosen} />}
                    {words.asked && words.actions.includes("satisfaction.score") && (
                      <Button small look={w.given ? "plain" : "main"} onClick={() => setWord(w)}>
                        {w.given ? t.owner.change : t.actions["satisfaction.score"]}
                      </Button>
                    )}
                    {words.actions.includes("award.choose") && !words.asked && !w.choice && (
                      <Button small onClick={() => setChoice(w)}>
                        {t.actions["award.choose"]}
                      </Button>
                    )}
                  </span>
                ),
              },
            ]}
          />
          {word && <WordDialog challenge={challenge} version={words.version} word={word} onClose={() => setWord(undefined)} />}
          {choice && <ChoiceDialog challenge={challenge} word={choice} onClose={() => setChoice(undefined)} />}
        </div>
      )}
    </Loaded>
  );
}

interface Props {
  challenge: string;
  word: OwnerWordOnBid;
  onClose: () => void;
}

function WordDialog({ challenge, version, word: w, onClose }: Props & { version: number }) {
  const t = useText();
  const [points, setPoints] = useState<number | undefined>(w.given ? w.points : undefined);
  const [veto, setVeto] = useState(w.veto);
  const [reason, setReason] = useState(w.reason);
  const say = useAct(
    (_: void, key) =>
      client.PUT("/api/v1/challenges/{id}/bids/{bid}/satisfaction", { params: { path: { id: challenge, bid: w.bid }, header: ifMatch({ version }) }, body: { points: points ?? 0, veto, reason: reason.trim() }, headers: idempotent(key) }),
    onClose,
  );
  const error = useErrors(say.problem);
  return (
    <Dialog title={`${w.bid_code} · ${w.team}`} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void say.run();
        }}
      >
        <NumberInput label={t.owner.pointsOf} required={!veto} value={points} onChange={setPoints} error={error("points")} />
        <Check label={t.owner.veto} hint={t.owner.vetoHint} checked={veto} onChange={setVeto} />
        <TextArea label={t.reason} required={veto} maxLength={2000} value={reason} onChange={setReason} error={error("reason")} />
        <ErrorNote failure={say.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={say.pending} disabled={veto ? !reason.trim() : points === undefined}>
            {t.ui.confirm}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function ChoiceDialog({ challenge, word: w, onClose }: Props) {
  const t = useText();
  const [reason, setReason] = useState("");
  const choose = useAct((_: void, key) => client.POST("/api/v1/challenges/{id}/choice", { params: { path: { id: challenge } }, body: { bid: w.bid, reason: reason.trim() }, headers: idempotent(key) }), onClose);
  return (
    <Dialog title={`${t.actions["award.choose"]} · ${w.team}`} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void choose.run();
        }}
      >
        <TextArea label={t.reason} required maxLength={2000} value={reason} onChange={setReason} />
        <ErrorNote failure={choose.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={choose.pending} disabled={[...reason.trim()].length < 4}>
            {t.ui.confirm}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
