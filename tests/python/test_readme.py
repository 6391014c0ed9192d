"""What the README shows runs, from its first line to its last."""

import os
import pathlib
import re


def test_the_readme() -> None:
    text = pathlib.Path(os.environ["README"]).read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 6
    names: dict[str, object] = {"__name__": "readme"}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)
    test = names["test_the_rule_takes_it"]
    assert callable(test)
    test()
