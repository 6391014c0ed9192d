2variable "kiln" { default = "my.kiln" }
variable "Kiln" {}
locals {
  glazes = ["celadon", "tenmoku"]
  both   = concat(local.glazes, [var.kiln])
}
data "aws_caller_identity" "me" {}
resource "aws_cloudwatch_event_rule" "fired" {
  state         = "DISABLED"
  event_pattern = jsonencode({
    source = [var.kiln]
    account = [data.aws_caller_identity.me.account_id]
    detail = { glaze = local.both, "lid" = [{ prefix = "${var.Kiln}-" }], x = [for g in local.glazes : upper(g)] }
  })
}
resource "aws_cloudwatch_event_rule" "text" {
  event_pattern = <<-EOT
    { "source": ["${var.kiln}"], "detail": { "a": [1] } }
  EOT
}
resource "aws_lambda_event_source_mapping" "queue" {
  filter_criteria {
    filter { pattern = jsonencode({ body = { a = ["b"] } }) }
  }
}
resource "aws_pipes_pipe" "p" {
  for_each = toset(["a"])
  source_parameters { filter_criteria { filter { pattern = each.value } } }
}
