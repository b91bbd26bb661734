import { Link } from "@tanstack/react-router";
import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import { AssignmentList } from "../../features/assignments/AssignmentList";
import { useText } from "../../text/text";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";

export default function ExpertPage() {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/assignments", {});
  return (
    <div className="stack">
      <PageHead
        title={t.expert.title}
        lead={t.expert.lead}
        side={
          <span className="row">
            <ExportMenu save={exporter("/api/v1/assignments")} />
            <Link to="/expert/profile" className="button">
              {t.experts.profile}
            </Link>
          </span>
        }
      />
      <Loaded query={query}>
        {({ items }) => (
          <AssignmentList
            assignments={items}
            sheet={(a) => (
              <Link to="/expert/reviews/$id" params={{ id: a.id }} className={`button ${a.state === "submitted" ? "" : "main"}`}>
                {a.state === "submitted" ? t.review.title : t.expert.score}
              </Link>
            )}
          />
        )}
      </Loaded>
    </div>
  );
}
