import { createRoot } from "react-dom/client";
import { Providers } from "./app/providers";
import { refresh } from "./client/setup";
import { session } from "./client/session";
import { firstText } from "./text/text";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/parts.css";
import "./app/shell/shell.css";
import { startTheme } from "./app/shell/theme";

startTheme();
// Who was signed in is so again before anything is read: the same page says less to a stranger.
const known = session.worthRefreshing() ? refresh() : undefined;
void Promise.all([firstText(), known]).then(([first]) => createRoot(document.getElementById("root")!).render(<Providers first={first} />));
