import { useParams } from "@tanstack/react-router";
import { TrailTable } from "../../features/trail/TrailTable";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { ThingLink } from "../shell/ThingLink";

export default function TrailPage() {
  const t = useText();
  const { kind, id } = useParams({ strict: false }) as { kind: string; id: string };
  return (
    <div className="stack">
      <PageHead
        title={t.trail.title}
        lead={
          <ThingLink kind={kind} id={id}>
            {label(t.kinds, kind)} {id}
          </ThingLink>
        }
      />
      <TrailTable kind={kind} id={id} />
    </div>
  );
}
