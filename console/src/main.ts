import { mount } from "svelte";
import App from "./app/App.svelte";
import { reloadWhenReplaced } from "./app/replaced.ts";
import "./style/tokens.css";
import "./style/base.css";

const target = document.querySelector("#console");
if (target === null) throw new Error("The page has no place for the console.");
reloadWhenReplaced(window);
mount(App, { target });
