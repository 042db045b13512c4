const cut = (text, member = 'text') => (text.match(/[\s\S]{1,4}/gu) ?? []).map((piece) => ({ [member]: piece }))

const showcase = `法国的首都是**巴黎**（Paris）。下面是一个稍长的示例，包含表格、代码和公式。

## 对比

| 项目 | 关系型数据库 | 文档数据库 |
|---|---|---|
| 结构 | 固定的表 | 灵活的文档 |
| 事务 | 强一致 | 视产品而定 |

### 代码

\`\`\`python
def fibonacci(n: int) -> int:
    """Return the n-th number."""
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
\`\`\`

公式 $E = mc^2$，以及

$$
\\int_0^1 x^2\\,dx = \\frac{1}{3}
$$

1. 第一，数据不出本机构；
2. 第二，每一步都有记录。

> 引用：一切操作皆可审计。

\`\`\`mermaid
flowchart LR
  A[浏览器] --> B[私语] --> C[模型]
\`\`\`
`

const long = 'Every word of this answer is numbered so that a missing one is noticed. ' +
  Array.from({ length: 260 }, (_, index) => `word${index + 1}`).join(' ') + '.'

/** What the stand-in answers: chosen by a word in the question. */
export function answerTo(question) {
  if (/fail|失败/i.test(question)) return [...cut('The answer begins, and then '), { problem: { type: 'urn:siyu:problem:upstream_unreachable', title: 'The model server has closed the connection. Try again.', status: 502, code: 'upstream_unreachable' } }]
  if (/think|思考/i.test(question)) return [...cut('The question is short. I weigh two ways, and take the simpler one.\n\nThen I check it once more.', 'reasoning'), ...cut('The simpler way is right: **42**.')]
  if (/long|count|story/i.test(question)) return cut(long)
  return cut(showcase)
}
