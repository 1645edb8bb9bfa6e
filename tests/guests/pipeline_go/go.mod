module pipeline_go

go 1.24
