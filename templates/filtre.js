(function(){
var f=document.querySelector("form.filtre");if(!f)return;
var plain=function(s){return s.normalize("NFD").replace(/[\u0300-\u036f]/g,"").toLowerCase()};
var rows=[].map.call(document.querySelectorAll("table.plan tbody tr"),function(r){return{r:r,t:plain(r.textContent),e:r.dataset.e}});
var tables=document.querySelectorAll("table.plan"),said=f.querySelector("p");
function show(){
var q=plain(f.q.value.trim()),e=f.e.value,n=0;
rows.forEach(function(o){var ok=(!e||o.e===e)&&(!q||o.t.indexOf(q)>=0);o.r.hidden=!ok;n+=ok});
tables.forEach(function(t){t.hidden=!t.querySelector("tbody tr:not([hidden])")});
said.textContent=q||e?(n<2?n+{{ ("\u00a0" ~ mots.action.singulier) | tojson }}:n+{{ ("\u00a0" ~ mots.action.pluriel) | tojson }}):"";
}
f.hidden=false;f.addEventListener("input",show);f.addEventListener("submit",function(x){x.preventDefault()});
})();
