import { useActs } from "../../client/act";
import { useMe } from "../../client/session";
import { client } from "../../client/setup";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { useAbout } from "./useAbout";

export function DemoBanner() {
  const t = useText();
  const me = useMe();
  const about = useAbout();
  const acts = useActs({ "demo.reset": () => client.POST("/api/v1/demo/reset") });
  if (!about?.demo) return null;
  return (
    <aside className="demo-banner" aria-label={t.demo.name}>
      <span>{t.demo.banner}</span>
      {me && <Actions actions={me.actions} acts={acts} small looks={{ "demo.reset": "plain" }} />}
    </aside>
  );
}

