import { useAct } from "../../client/act";
import { api } from "../../client/setup";
import { download, upload } from "../../client/upload";
import type { Alliance } from "../../client/views";
import { useText } from "../../text/text";
import { ErrorNote } from "../../ui/ErrorNote";
import { FileDrop } from "../../ui/FileDrop";
import { FileLink } from "../../ui/FileLink";
import { Section } from "../../ui/Section";

/** The signed agreement of an alliance, for those inside and the offices. */
export function AllianceAgreement({ alliance: a }: { alliance: Alliance }) {
  const t = useText();
  const files = api.useQuery("get", "/api/v1/documents", { params: { query: { owner_kind: "alliance", owner_id: a.id } } }, { retry: false });
  const add = useAct(async (list: File[]) => {
    for (const file of list) await upload(file, { owner_kind: "alliance", owner_id: a.id, purpose: "agreement" });
  });
  const kept = files.data?.items ?? [];
  const may = a.actions.includes("document.upload");
  if (kept.length === 0 && !may && !a.actions.includes("alliance.recognise")) return null;
  return (
    <Section title={t.units.agreement}>
      {kept.length === 0 && <p className="muted">{t.units.noAgreement}</p>}
      <ul className="plain-list">
        {kept.map((f) => (
          <li key={f.id}>
            <FileLink file={f} get={download} />
          </li>
        ))}
      </ul>
      {may && <FileDrop label={t.units.uploadAs(t.units.purposes.agreement!)} busy={add.pending} onFiles={(list) => void add.run(list)} />}
      <ErrorNote failure={add.problem} />
    </Section>
  );
}
