// SPDX-License-Identifier: LGPL-2.1-or-later
// Runs at the end of a card face page, after axe-core. The page is then replaced by what axe-core found, a fault a line.
axe.run().then((found) => {
	const lines = found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`));
	const contrast = found.passes.filter((rule) => rule.id === "color-contrast").flatMap((rule) => rule.nodes).length;

	document.body.innerText = ["begin", ...lines, `passed: ${found.passes.length}, texts with contrast: ${contrast}`, "end"].join("\n");
});
