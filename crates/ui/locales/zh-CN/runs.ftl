runs-none = 还没有运行记录
runs-none-hint = 运行模型后，这里列出每次运行的结果。
run-by = 发起人
run-new = 新增预警
run-withdrawn = 撤回
run-nothing = 没有运行任何模型
run-nothing-hint = 此次运行没有选中模型。
running = 运行中
