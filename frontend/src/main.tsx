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
if (session.worthRefreshing()) void refresh(); // public pages do not wait for it
void firstText().then((first) => createRoot(document.getElementById("root")!).render(<Providers first={first} />));
