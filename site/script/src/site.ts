// What each page of the catalogue does beyond showing itself.

import { startCopy } from "./page/copy.ts";
import { startEvidence, startLines } from "./page/lines.ts";
import { startSearch } from "./page/search.ts";
import { startTabs } from "./page/tabs.ts";
import { startTheme } from "./page/theme.ts";

startTheme();
startTabs();
startCopy();
startSearch();
startLines();
startEvidence();
