"""The recipe that rebuilds the weights under ``kg/models`` from corpora and a pretrained encoder."""
